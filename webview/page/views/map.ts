/** The channel map section: tabs of a separable layer's stages, the grid or a schematic, and the line that reads it. */
import type { LayerContent } from '../../../src/protocol/visualiser';
import type { Commands } from '../commands';
import { button } from '../controls';
import { type Child, h, replaceChildren } from '../dom';
import { isMoveKey, isSameFocus, type MapFocus, moveFocus } from '../map/focus';
import { cellSize, trackLimit } from '../map/size';
import { isRefused, type StageMap, stageMaps } from '../map/stages';
import { isFold, mapTracks, openTracks, trackOf } from '../map/tracks';
import { cellIndex, describeFocus, describeShape, type DrawnMap } from '../map/wording';
import { refusal } from '../readiness';
import { layerOf, type Section } from '../section';
import type { PageState } from '../state';
import { drawGrid, type Grid } from './grid';
import { schematicView } from './schematic';
import { stageTabs } from './tabs';

interface Drawn {
  readonly map: DrawnMap;
  readonly grid: Grid;
  readonly line: HTMLElement;
}

/** Which filter reads which channel. */
export function mapSection(commands: Commands): Section {
  const root = h('section', { class: 'map', 'aria-labelledby': 'map-title' });
  const view = new MapView(root, commands);
  new ResizeObserver(() => view.resize()).observe(root);
  return { root, update: (state) => view.update(state) };
}

/** Keeps the table while only focus and hover change. */
class MapView {
  private state: PageState | undefined;
  private drawn: Drawn | undefined;
  private width = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly commands: Commands,
  ) {}

  update(state: PageState): void {
    const before = this.state;
    this.state = state;
    const isSame =
      layerOf(before ?? state) === layerOf(state) &&
      before?.stage === state.stage &&
      before.opened === state.opened;
    if (!isSame) this.draw();
    this.paint();
  }

  resize(): void {
    const { width } = this.root.getBoundingClientRect();
    if (Math.abs(width - this.width) < 4) return;
    this.draw();
    this.paint();
  }

  private draw(): void {
    const content = this.state && layerOf(this.state);
    this.root.hidden = content === undefined;
    if (this.state === undefined || content === undefined) return;
    const hadFocus = this.drawn?.grid.element.contains(document.activeElement) === true;
    this.width = this.root.getBoundingClientRect().width;
    const stages = stageMaps(content.layer).filter(
      ({ name, shape }) => name !== 'both' || shape !== undefined,
    );
    const stage = stages.find(({ name }) => name === this.state?.stage) ?? stages[0];
    this.drawn = undefined;
    const children = stage === undefined ? [] : this.stageChildren(content, stages, stage);
    replaceChildren(this.root, [h('h2', { id: 'map-title' }, 'Channel map'), ...children]);
    if (hadFocus) this.focusGrid(this.state.focus);
  }

  private focusGrid(place: MapFocus): void {
    this.drawn?.grid.focus(place);
  }

  private stageChildren(content: LayerContent, stages: readonly StageMap[], stage: StageMap): Child[] {
    const tabs = stages.length > 1 ? stageTabs(stages, stage.name, this.commands) : undefined;
    if (stage.shape !== undefined) return [tabs, ...this.gridChildren(stage, stage.shape)];
    if (stage.spec === undefined || isRefused(stage.spec)) {
      const refused = content.layer.stages.find(isRefused);
      return [
        tabs,
        h('p', { class: 'empty' }, `There is no map: ${refused === undefined ? '' : refusal(refused)}`),
      ];
    }
    return [tabs, ...schematicView(stage.spec)];
  }

  private gridChildren(stage: StageMap, shape: DrawnMap['shape']): Child[] {
    const opened = this.state?.opened;
    const digits = String(Math.max(shape.inChannels, shape.outChannels) - 1).length;
    const tracks = mapTracks(shape, trackLimit(this.width, digits), opened);
    const map = { stage, shape, tracks };
    const last = cellIndex(map, shape.inChannels - 1, shape.outChannels - 1);
    const folded = tracks.outputs.filter(isFold).length;
    const size = cellSize(this.width, tracks.outputs.length, folded, last.join(','));
    const direction = stage.spec?.transposed === true ? 'Transposed, from input to output. ' : '';
    const summary = `${direction}${describeShape(map)}`;
    const grid = drawGrid(map, size, `${stage.title}: ${describeShape(map)}`);
    const line = h('p', { class: 'line', role: 'status' });
    this.listen(map, grid);
    this.drawn = { map, grid, line };
    return [
      h('p', { class: 'hint' }, summary),
      h('div', { class: 'scroller' }, grid.element),
      line,
      opened === undefined ? undefined : this.foldButton(),
    ];
  }

  private foldButton(): HTMLElement {
    return button({
      label: 'Fold again',
      attributes: { 'data-key': 'fold' },
      onClick: () => this.commands.dispatch({ type: 'fold' }),
    });
  }

  private listen(map: DrawnMap, grid: Grid): void {
    const { dispatch } = this.commands;
    const { element } = grid;
    element.addEventListener('pointerover', (event) => {
      const hover = grid.placeOf(event.target);
      if (!isSameFocus(hover, this.state?.hover)) dispatch({ type: 'hover', hover });
    });
    element.addEventListener('pointerleave', () => dispatch({ type: 'hover' }));
    element.addEventListener('focusin', (event) => {
      const focus = grid.placeOf(event.target);
      if (focus !== undefined && !isSameFocus(focus, this.state?.focus)) dispatch({ type: 'focus', focus });
    });
    element.addEventListener('click', (event) => {
      const place = grid.placeOf(event.target);
      if (place === undefined) return;
      grid.focus(place);
      this.open(map, place);
    });
    element.addEventListener('keydown', (event) => {
      if (event.altKey || event.metaKey) return;
      const focus = grid.placeOf(event.target) ?? {};
      if (isMoveKey(event.key)) {
        event.preventDefault();
        dispatch({ type: 'hover' });
        grid.focus(moveFocus(map.tracks, focus, event.key, event.ctrlKey));
      } else if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        this.open(map, focus);
      }
    });
  }

  /** Opens what is folded at a place; where nothing is, nothing happens. */
  private open({ tracks }: DrawnMap, place: MapFocus): void {
    const input = place.input === undefined ? undefined : tracks.inputs[trackOf(tracks.inputs, place.input)];
    const output =
      place.output === undefined ? undefined : tracks.outputs[trackOf(tracks.outputs, place.output)];
    const opened = openTracks(input, output, this.state?.opened);
    if (opened !== undefined) this.commands.dispatch({ type: 'open', opened, focus: place });
  }

  private paint(): void {
    if (this.state === undefined || this.drawn === undefined) return;
    const { map, grid, line } = this.drawn;
    const { focus, hover } = this.state;
    grid.paint(hover ?? focus, focus);
    const text = describeFocus(map, hover ?? focus);
    if (line.textContent !== text) line.textContent = text;
  }
}
