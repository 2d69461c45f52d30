/** What the extension host and the visualiser page say to each other. */
import type { ConvLayer, DataShape } from '../conv/spec';
import type { Place } from '../symbolic/place';

/** What the page offers to the host. */
export type PageService = {
  /** Shows a layer, or why there is none. */
  show(content: PageContent): Promise<void>;
  /** Starts the verification of the layer on show. */
  verify(argument: null): Promise<void>;
};

/** What the host offers to the page. */
export type HostService = {
  /** The page is drawn and can be shown content. */
  ready(argument: null): Promise<void>;
  /** Jumps to source. */
  reveal(place: Place): Promise<void>;
  /** Puts the layer's description on the clipboard. */
  copy(format: CopyFormat): Promise<void>;
  /** Keeps the panel on the layer on show, or lets it follow the cursor again. */
  pin(isPinned: boolean): Promise<void>;
  /** Writes a line to ConvLens's log. */
  log(message: string): Promise<void>;
};

export type CopyFormat = 'markdown' | 'json' | 'pytorch' | 'keras';

export type PageContent = LayerContent | EmptyContent;

/** Nothing to show, and what to do about it. */
export interface EmptyContent {
  readonly kind: 'empty';
  readonly message: string;
}

/** One layer with everything the page shows of it. Texts are plain text and come from source: never markup. */
export interface LayerContent {
  readonly kind: 'layer';
  /** Of the call site, `uri#line:character`; state such as focus is kept while it stays the same. */
  readonly id: string;
  /** Such as `nn.Conv2d`. */
  readonly title: string;
  /** Such as `depthwise, multiplier 3`. */
  readonly kindText: string;
  /** What reads what, in one sentence. */
  readonly sentence: string;
  readonly place: Place;
  /** Such as `forum_question.py:12`. */
  readonly location: string;
  readonly layer: ConvLayer;
  readonly input?: DataShape & { readonly isAssumed: boolean };
  /** Lines such as `weight  [9, 1, 3, 3]  OIHW`, as the hover card says them. */
  readonly facts: readonly Fact[];
  readonly unknowns: readonly { readonly what: string; readonly because: string; readonly place?: Place }[];
  readonly findings: readonly {
    readonly severity: 'error' | 'warning' | 'information';
    readonly message: string;
  }[];
  readonly isPinned: boolean;
}

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** The formula with its numbers, or another explanation. */
  readonly detail?: string;
}
