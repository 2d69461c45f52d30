/** The visualiser: one page in the side panel, or as an editor tab, that shows a layer and can keep it. */
import * as vscode from 'vscode';
import type { CallSite } from '../analysis/report';
import type { SiteInContext } from '../present/context';
import { panelLayer } from '../present/panel';
import { connect, type Remote, serve } from '../protocol/rpc';
import type { CopyFormat, HostService, PageContent, PageService } from '../protocol/visualiser';
import { isCopyFormat, isPlace } from './checks';
import { guard } from './guard';
import { revealPlace } from './reveal';
import { onSettingsChange, readSettings } from './settings';
import { type Deferred, deferred, hasContent, portOf, withLimit } from './surface';
import { pageHtml, pageRoots, VISUALISER_PAGE } from './visualiserHtml';

const VIEW = 'convlens.visualiser';
const PANEL = 'convlens.visualiserPanel';
const PINNED = 'convlens.pinned';

const NOTHING: PageContent = {
  kind: 'empty',
  message:
    'Put the cursor in a convolution call, such as nn.Conv2d(3, 9, 3, groups=3), to see its channel map.',
};

/** One webview with our page in it; hidden, its page ends, and starts anew when it is shown again. */
interface Surface {
  readonly page: Remote<PageService>;
  /** Settles when the page has said that it is drawn. */
  drawn: Deferred;
  /** Whether the page shows a layer of its own from before a restart, which lasts until there is another one. */
  readonly isRestored: boolean;
}

/** What a view and a tab have in common. */
interface Frame {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
}

/** What the visualiser asks of the rest. */
export interface VisualiserContext {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  copy(site: CallSite, format: CopyFormat): Promise<void>;
  /** The call as the chosen context shows it. */
  inContext(site: CallSite): SiteInContext;
}

/** Owns the page's surfaces and what they show. */
export class Visualiser implements vscode.Disposable {
  private readonly surfaces = new Set<Surface>();
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private readonly unpinned = new vscode.EventEmitter<void>();
  private view: vscode.WebviewView | undefined;
  private panel: vscode.WebviewPanel | undefined;
  private site: CallSite | undefined;
  private isPinned = false;
  private waiting: ((surface: Surface) => void)[] = [];

  /** Told when the visualiser shall follow the cursor again. */
  readonly onDidUnpin = this.unpinned.event;

  constructor(private readonly context: VisualiserContext) {
    const { log } = context;
    const adoptView = guard(log, 'visualiser view', (view: vscode.WebviewView, state: unknown) =>
      this.adoptView(view, state),
    );
    const adoptPanel = guard(log, 'visualiser tab', (panel: vscode.WebviewPanel, state: unknown) =>
      this.adoptPanel(panel, state),
    );
    this.subscriptions = [
      this.unpinned,
      vscode.window.registerWebviewViewProvider(VIEW, {
        resolveWebviewView: (view, { state }: { state: unknown }) => adoptView(view, state),
      }),
      vscode.window.registerWebviewPanelSerializer(PANEL, {
        deserializeWebviewPanel: (panel, state: unknown) => Promise.resolve(adoptPanel(panel, state)),
      }),
      onSettingsChange(guard(log, 'visualiser settings', () => this.send())),
    ];
    this.setPinned(false);
  }

  /** The layer on show. */
  get shown(): CallSite | undefined {
    return this.site;
  }

  /** Shows the layer under the cursor unless another one is pinned. */
  follow(site: CallSite): void {
    if (!this.isPinned) this.show(site);
  }

  /** Shows the layer, pinned or not. */
  show(site: CallSite): void {
    this.site = site;
    this.send();
  }

  /** Shows the layer anew, since its context has changed. */
  refresh(): void {
    this.send();
  }

  /** Keeps the layer on show, or follows the cursor again. */
  setPinned(isPinned: boolean): void {
    const wasPinned = this.isPinned;
    this.isPinned = isPinned;
    void vscode.commands.executeCommand('setContext', PINNED, isPinned);
    this.send();
    if (wasPinned && !isPinned) this.unpinned.fire();
  }

  /** Opens the side panel's view; the focus stays where it is unless asked for. */
  async open(options: { takeFocus: boolean }): Promise<void> {
    if (this.view !== undefined && !options.takeFocus) this.view.show(true);
    else await vscode.commands.executeCommand(`${VIEW}.focus`, { preserveFocus: !options.takeFocus });
  }

  /** Opens the page as an editor tab beside the source. */
  openInEditor(): void {
    if (this.panel !== undefined) {
      this.panel.reveal();
      return;
    }
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.adoptPanel(vscode.window.createWebviewPanel(PANEL, 'ConvLens Visualiser', column), undefined);
  }

  /** Opens the page where it is, or in the side panel, and starts the verification of the layer on show. */
  async verify(): Promise<void> {
    if (this.panel?.visible !== true) await this.open({ takeFocus: false });
    const surface = await withLimit(this.anySurface());
    await withLimit(surface.drawn.promise);
    await surface.page.verify(null);
  }

  dispose(): void {
    this.panel?.dispose();
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }

  private adoptView(view: vscode.WebviewView, state: unknown): void {
    this.view = view;
    const { surface, detach } = this.attach(view, state);
    view.onDidChangeVisibility(() => this.noteVisibility(surface, view.visible));
    view.onDidDispose(() => {
      detach();
      if (this.view === view) this.view = undefined;
    });
  }

  private adoptPanel(panel: vscode.WebviewPanel, state: unknown): void {
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.context.extensionUri, 'media', 'icon.svg');
    const { surface, detach } = this.attach(panel, state);
    panel.onDidChangeViewState(() => this.noteVisibility(surface, panel.visible));
    panel.onDidDispose(() => {
      detach();
      if (this.panel === panel) this.panel = undefined;
    });
  }

  /** Loads the page into a webview and talks with it; `state` is what the page saved before a restart. */
  private attach({ webview }: Frame, state: unknown): { surface: Surface; detach(): void } {
    const { extensionUri } = this.context;
    const port = portOf(webview);
    const { remote, close } = connect<PageService>(port);
    const surface: Surface = { page: remote, drawn: deferred(), isRestored: hasContent(state) };
    const stop = serve<HostService>(port, this.services(surface));
    webview.options = { enableScripts: true, localResourceRoots: pageRoots(extensionUri) };
    webview.html = pageHtml(webview, extensionUri, VISUALISER_PAGE);
    this.surfaces.add(surface);
    this.waiting.splice(0).forEach((tell) => tell(surface));
    const detach = () => {
      this.surfaces.delete(surface);
      stop();
      close();
    };
    return { surface, detach };
  }

  private noteVisibility(surface: Surface, isVisible: boolean): void {
    if (!isVisible && surface.drawn.isSettled) surface.drawn = deferred();
  }

  /** What the page may ask for; arguments are checked, since a page is outside. */
  private services(surface: Surface): HostService {
    const { log } = this.context;
    return {
      ready: async () => {
        await this.sendTo(surface);
        surface.drawn.resolve();
      },
      reveal: async (place: unknown) => {
        if (!isPlace(place)) throw new Error('reveal needs a place');
        await revealPlace(place);
      },
      copy: async (format: unknown) => {
        if (!isCopyFormat(format)) throw new Error('copy needs a format');
        if (this.site === undefined) throw new Error('put the cursor in the call once more to copy it');
        await this.context.copy(this.context.inContext(this.site).site, format);
      },
      pin: (isPinned: unknown) => {
        if (typeof isPinned !== 'boolean') throw new Error('pin needs true or false');
        this.setPinned(isPinned);
        return Promise.resolve();
      },
      log: (message: unknown) => {
        log.info(`page: ${String(message).slice(0, 2000)}`);
        return Promise.resolve();
      },
    };
  }

  private send(): void {
    const drawn = [...this.surfaces].filter((surface) => surface.drawn.isSettled);
    drawn.forEach((surface) => void this.sendTo(surface));
  }

  private async sendTo({ page, isRestored }: Surface): Promise<void> {
    if (isRestored && this.site === undefined) return;
    await page
      .show(this.content())
      .catch((error: unknown) => this.context.log.debug(`page: ${String(error)}`));
  }

  private content(): PageContent {
    if (this.site === undefined) return NOTHING;
    const { flops } = readSettings(vscode.Uri.parse(this.site.place.uri));
    const { site, as } = this.context.inContext(this.site);
    return panelLayer(site, { flops, isPinned: this.isPinned, as });
  }

  /** The tab's page when that is visible, otherwise the view's, otherwise the next one to open. */
  private anySurface(): Promise<Surface> {
    const all = [...this.surfaces];
    const surface = all.find(({ drawn }) => drawn.isSettled) ?? all[0];
    return surface === undefined
      ? new Promise((resolve) => this.waiting.push(resolve))
      : Promise.resolve(surface);
  }
}
