/** A call as the visualiser shows it: facts, unknowns and findings as plain text. */
import type { CallSite, Finding, InputShape } from '../analysis/report';
import type { ConvLayer } from '../conv/spec';
import type { FlopsConvention } from './facts';
import { siteFacts } from './facts';
import { acceptedInput } from './refused';
import { channelSentence } from './sentence';
import type { UnknownGroup } from './unknowns';
import { unknownGroups } from './unknowns';
import { fileName, kindText } from './words';

/** What the panel shows of one layer; the form the visualiser's messages have. */
export interface PanelLayer {
  readonly kind: 'layer';
  readonly id: string;
  readonly title: string;
  readonly kindText: string;
  readonly sentence: string;
  readonly place: CallSite['place'];
  readonly location: string;
  readonly layer: ConvLayer;
  readonly input?: InputShape;
  readonly facts: readonly { readonly name: string; readonly value: string; readonly detail?: string }[];
  readonly unknowns: readonly UnknownGroup[];
  readonly findings: readonly Pick<Finding, 'severity' | 'message'>[];
  readonly isPinned: boolean;
}

/** `as`: what the figures are of when a context is chosen, such as `resnet50() · layer2.0.conv2`. */
export interface PanelOptions {
  readonly flops: FlopsConvention;
  readonly isPinned: boolean;
  readonly as?: string;
}

/** The panel's content for a call. */
export function panelLayer(site: CallSite, options: PanelOptions): PanelLayer {
  const { layer, place } = site;
  const input = acceptedInput(site);
  return {
    kind: 'layer',
    id: `${place.uri}#${site.id}`,
    title: site.callee,
    kindText: kindText(layer),
    sentence: channelSentence(layer),
    place,
    location: `${fileName(place.uri)}:${place.span.start.line + 1}`,
    layer,
    ...(input === undefined ? {} : { input }),
    facts: [...contextFacts(options), ...figures(site, options.flops), ...assumptions(site)],
    unknowns: unknownGroups(layer),
    findings: site.findings.map(({ severity, message, exception }) => ({
      severity,
      message: exception === undefined ? message : `${exception}: ${message}`,
    })),
    isPinned: options.isPinned,
  };
}

/** What the figures are of. */
function contextFacts({ as }: PanelOptions): PanelLayer['facts'] {
  return as === undefined ? [] : [{ name: 'as in', value: as, detail: 'the chosen context' }];
}

function figures(site: CallSite, flops: FlopsConvention): PanelLayer['facts'] {
  return siteFacts(site, flops).map(({ name, value, detail, scope }) => {
    const parts = [scope, detail].filter((part) => part !== undefined);
    return parts.length === 0 ? { name, value } : { name, value, detail: parts.join(': ') };
  });
}

/** The defaults that the figures rest on. */
function assumptions({ assumes }: CallSite): PanelLayer['facts'] {
  if (assumes.length === 0) return [];
  return [{ name: 'assumes', value: assumes.join(', '), detail: 'defaults of parameters' }];
}
