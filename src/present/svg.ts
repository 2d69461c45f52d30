/** The channel map's drawing as an SVG image in the colours of a theme kind. */
import { base64, xml } from './encode';
import type { Drawing, DrawnLink, DrawnNode } from './drawing';
import { NODE_HEIGHT } from './drawing';

/** An image cannot see the editor's colours, so each kind of theme has colours of its own. */
export type ThemeKind = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

interface Palette {
  /** Captions and ellipses. */
  readonly ink: string;
  /** Text on a box. */
  readonly text: string;
  /** One colour a group, used again from the start: the place and the lines tell groups apart, colour only helps. */
  readonly groups: readonly string[];
  readonly isOutlined: boolean;
}

const onLight = ['#005fb8', '#8a5100', '#107c41', '#8e2f9b', '#b3261e', '#00696e'];
const onDark = ['#75beff', '#e5b567', '#7fd1a0', '#d8a3ea', '#f49a92', '#6fd3d8'];

const PALETTES: { readonly [K in ThemeKind]: Palette } = {
  light: { ink: '#3b3b3b', text: '#ffffff', groups: onLight, isOutlined: false },
  dark: { ink: '#cccccc', text: '#10131a', groups: onDark, isOutlined: false },
  highContrast: { ink: '#ffffff', text: '#ffffff', groups: onDark, isOutlined: true },
  highContrastLight: { ink: '#000000', text: '#000000', groups: onLight, isOutlined: true },
};

/** The drawing as SVG text, in ASCII. */
export function toSvg(drawing: Drawing, theme: ThemeKind): string {
  const palette = PALETTES[theme];
  const { width, height } = drawing;
  const size = `width="${Math.ceil(width)}" height="${Math.ceil(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11">`,
    ...drawing.links.map((each) => drawLink(each, palette)),
    ...drawing.nodes.map((each) => drawNode(each, palette)),
    ...drawing.captions.map(
      ({ x, y, text }) => `<text x="${x}" y="${y + 4}" fill="${palette.ink}">${xml(text)}</text>`,
    ),
    '</svg>',
  ].join('');
}

/** The drawing as the address of an image. */
export function toDataUri(drawing: Drawing, theme: ThemeKind): string {
  return `data:image/svg+xml;base64,${base64(toSvg(drawing, theme))}`;
}

function drawLink({ from, to }: DrawnLink, palette: Palette): string {
  const ends = `x1="${round(from.x)}" y1="${from.y + NODE_HEIGHT / 2}" x2="${round(to.x)}" y2="${to.y - NODE_HEIGHT / 2}"`;
  return `<line ${ends} stroke="${colourOf(from.group, palette)}" stroke-width="1.2" stroke-opacity="0.75"/>`;
}

function drawNode(node: DrawnNode, palette: Palette): string {
  const text = (fill: string) =>
    `<text x="${round(node.x)}" y="${node.y + 4}" text-anchor="middle" fill="${fill}">${xml(node.label)}</text>`;
  if (node.isGap) return text(palette.ink);
  const colour = colourOf(node.group, palette);
  const paint = palette.isOutlined ? `fill="none" stroke="${colour}" stroke-width="1.5"` : `fill="${colour}"`;
  const corner = `x="${round(node.x - node.width / 2)}" y="${node.y - NODE_HEIGHT / 2}"`;
  return `<rect ${corner} width="${node.width}" height="${NODE_HEIGHT}" rx="3" ${paint}/>${text(palette.text)}`;
}

function colourOf(group: number, palette: Palette): string {
  return palette.groups[group % palette.groups.length] ?? palette.ink;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
