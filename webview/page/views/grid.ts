/** The table of a channel map: an ARIA grid whose look follows focus and hover without being made anew. */
import { h } from '../dom';
import { type MapFocus, positionOf } from '../map/focus';
import { type CellSize, indexText } from '../map/size';
import { bandsOf, isFold, linkOf, type Track } from '../map/tracks';
import { bandLabel, cellIndex, cellName, type DrawnMap, outputNoun, trackLabel } from '../map/wording';

/** A drawn table. Rows and columns count tracks; -1 is the heading. */
export interface Grid {
  readonly element: HTMLTableElement;
  /** The place a node of the table belongs to. */
  placeOf(target: EventTarget | null): MapFocus | undefined;
  /** Marks `lit` and what it is connected with, and makes `focus` the place that the Tab key reaches. */
  paint(lit: MapFocus, focus: MapFocus): void;
  /** Moves the browser's focus to a place. */
  focus(place: MapFocus): void;
}

/** Width below which a band's heading is shortened, in CSS pixels. */
const NARROW_BAND = 56;
/** Looks of bands, told apart by pattern and colour; further bands begin again. */
const BAND_LOOKS = 6;

/** Draws the map as a table with headings for rows, columns and, with several groups, their bands. */
export function drawGrid(map: DrawnMap, size: CellSize, label: string): Grid {
  const cells = new Map<string, HTMLElement>();
  const keep = (row: number, column: number, element: HTMLElement) => {
    element.dataset['place'] = keyOf(row, column);
    element.tabIndex = -1;
    cells.set(keyOf(row, column), element);
    return element;
  };
  const element = h('table', {
    role: 'grid',
    'aria-label': label,
    'aria-rowcount': map.shape.inChannels + 1,
    'aria-colcount': map.shape.outChannels + 1,
  });
  element.style.setProperty('--cell', `${size.side}px`);
  element.append(headRows(map, size, keep), bodyRows(map, size, keep));
  const placeAt = (key: string) => placeOf(map, key);
  return {
    element,
    placeOf: (target) => {
      const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
      return cell === null ? undefined : placeAt(cell.dataset['place'] ?? '');
    },
    paint: (lit, focus) => paint(map, cells, element, lit, focus),
    focus: (place) => cells.get(keyOf(...positionOf(map.tracks, place)))?.focus(),
  };
}

type Keep = (row: number, column: number, element: HTMLElement) => HTMLElement;

function headRows(map: DrawnMap, size: CellSize, keep: Keep): HTMLElement {
  const isBanded = map.shape.groups > 1;
  const noun = outputNoun(map.stage);
  const corner = keep(
    -1,
    -1,
    h(
      'th',
      {
        class: 'corner',
        rowspan: isBanded ? 2 : 1,
        colspan: isBanded ? 2 : 1,
      },
      h('span', {}, `${noun} →`),
      h('span', {}, '↓ channel'),
    ),
  );
  const columns = map.tracks.outputs.map((track, column) => keep(-1, column, heading(track, noun, 'col')));
  if (!isBanded) return h('thead', {}, h('tr', { 'aria-rowindex': 1 }, corner, ...columns));
  const bands = bandsOf(map.tracks.outputs).map(({ track, length }) =>
    band(track, length * size.side, { scope: 'colgroup', colspan: length }),
  );
  return h('thead', {}, h('tr', {}, corner, ...bands), h('tr', { 'aria-rowindex': 1 }, ...columns));
}

function bodyRows(map: DrawnMap, size: CellSize, keep: Keep): HTMLElement {
  const isBanded = map.shape.groups > 1;
  const bands = new Map(
    bandsOf(map.tracks.inputs).map(({ track, length }) => [track.start, { track, length }]),
  );
  const rows = map.tracks.inputs.map((input, row) => {
    const start = bands.get(input.start);
    const bandHeading =
      isBanded && start !== undefined
        ? band(start.track, 0, { scope: 'rowgroup', rowspan: start.length })
        : undefined;
    const cells = map.tracks.outputs.map((output, column) =>
      keep(row, column, cell(map, size, input, output)),
    );
    const edge = start !== undefined && row > 0;
    return h(
      'tr',
      { 'aria-rowindex': input.start + 2, class: edge ? 'edge' : undefined },
      bandHeading,
      keep(row, -1, heading(input, 'channel', 'row')),
      ...cells,
    );
  });
  return h('tbody', {}, ...rows);
}

function heading(track: Track, noun: string, scope: 'row' | 'col'): HTMLElement {
  const name = isFold(track)
    ? `${noun}s ${track.start} to ${track.end - 1}, ${trackLabel(track)} folded`
    : `${noun} ${track.start}`;
  return h(
    'th',
    {
      scope,
      class: isFold(track) ? 'fold' : undefined,
      'data-band': track.group % BAND_LOOKS,
      'aria-label': name,
      'aria-colindex': scope === 'col' ? track.start + 2 : undefined,
    },
    trackLabel(track),
  );
}

function band(track: Track, width: number, attributes: Record<string, string | number>): HTMLElement {
  const label = bandLabel(track);
  const isShort = width < NARROW_BAND;
  const short = track.groupEnd - track.group > 1 ? '…' : `g${track.group}`;
  return h(
    'th',
    {
      ...attributes,
      class: 'band',
      'data-band': track.group % BAND_LOOKS,
      title: label,
      'aria-label': label,
    },
    isShort ? short : label,
  );
}

function cell(map: DrawnMap, size: CellSize, input: Track, output: Track): HTMLElement {
  const link = linkOf(input, output);
  const firstOfBand = map.tracks.outputs.find(({ group }) => group === output.group) === output;
  return h(
    'td',
    {
      role: 'gridcell',
      'data-link': link,
      'data-band': link === 'none' ? undefined : input.group % BAND_LOOKS,
      class: firstOfBand && output.start > 0 ? 'edge' : undefined,
      'aria-label': cellName(map, input, output),
      'aria-colindex': output.start + 2,
    },
    cellText(map, size, input, output),
  );
}

function cellText(map: DrawnMap, size: CellSize, input: Track, output: Track): string {
  const link = linkOf(input, output);
  if (link === 'none') return '';
  if (link === 'some') return '⋱';
  if (isFold(input) || isFold(output)) return '⋯';
  const index = cellIndex(map, input.start, output.start);
  return map.stage.spec === undefined ? index.map((ways) => `×${ways}`).join('') : indexText(index, size);
}

function paint(
  map: DrawnMap,
  cells: ReadonlyMap<string, HTMLElement>,
  table: HTMLElement,
  lit: MapFocus,
  focus: MapFocus,
): void {
  const [row, column] = positionOf(map.tracks, lit);
  const { inputs, outputs } = map.tracks;
  const isLit = (r: number, c: number) => {
    if ((row === -1 && column === -1) || (r === -1 && c === -1)) return false;
    const [input, output] = [inputs[r], outputs[c]];
    if (input !== undefined && output !== undefined) {
      const isOnCross = (row === -1 || r === row) && (column === -1 || c === column);
      return isOnCross && linkOf(input, output) !== 'none';
    }
    if (input !== undefined) return r === row || (row === -1 && connects(input, outputs[column]));
    return c === column || (column === -1 && connects(inputs[row], output));
  };
  for (const [key, element] of cells) {
    const [r, c] = indicesOf(key);
    element.classList.toggle('lit', isLit(r, c));
    element.classList.toggle('here', r === row && c === column && (row !== -1 || column !== -1));
    element.tabIndex = -1;
  }
  table.classList.toggle('has-lit', row !== -1 || column !== -1);
  const stop = cells.get(keyOf(...positionOf(map.tracks, focus)));
  if (stop !== undefined) stop.tabIndex = 0;
}

function connects(input: Track | undefined, output: Track | undefined): boolean {
  return input !== undefined && output !== undefined && linkOf(input, output) !== 'none';
}

function placeOf(map: DrawnMap, key: string): MapFocus {
  const [row, column] = indicesOf(key);
  return { input: map.tracks.inputs[row]?.start, output: map.tracks.outputs[column]?.start };
}

function keyOf(row: number, column: number): string {
  return `${row},${column}`;
}

function indicesOf(key: string): [row: number, column: number] {
  const [row = -1, column = -1] = key.split(',').map(Number);
  return [row, column];
}
