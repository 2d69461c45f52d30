/** The context in which calls are read: a model, or a layer of it, chosen in place of what holds for every evaluation. */
import type { BuiltLayer, CallSite, Report } from '../analysis/report';

/** What the user chose: a model by its `id`, and perhaps one layer or module of it by qualified name. */
export interface Choice {
  readonly model: string;
  readonly instance?: string;
}

/** A call as the chosen context shows it. */
export interface SiteInContext {
  /** With the chosen layer's figures when the context settles on one, otherwise as it was. */
  readonly site: CallSite;
  /** The layers that the context builds here, the nearest to the chosen instance alone; empty without a context. */
  readonly chosen: readonly BuiltLayer[];
  /** What the figures are of, such as `resnet50() · layer2.0.conv2`; absent when they hold in general. */
  readonly as?: string;
}

/**
 * The call as the model, or the instance, builds it. When that is one layer, whatever the number of its copies, the
 * figures are its own; when there are several kinds the call stays as it is in general.
 */
export function siteInContext(site: CallSite, choice: Choice | undefined): SiteInContext {
  const chosen = choice === undefined ? [] : layersInContext(site.built, choice);
  const [only, ...others] = chosen;
  if (choice === undefined || only === undefined || others.length > 0) return { site, chosen };
  const input = only.inputs.length === 1 ? only.inputs[0] : undefined;
  const { input: _, ...rest } = site;
  return {
    site: { ...rest, layer: only.layer, assumes: [], ...(input === undefined ? {} : { input }) },
    chosen,
    as: choiceText({ model: choice.model, instance: only.names.length === 1 ? only.names[0] : undefined }),
  };
}

/** The context as text, such as `resnet50() · layer2.0.conv2`. */
export function choiceText({ model, instance }: Choice): string {
  return instance === undefined ? model : `${model} · ${instance}`;
}

/** The choice if its model is still there, without its instance when that is gone; `undefined` otherwise. */
export function validChoice(choice: Choice | undefined, reports: readonly Report[]): Choice | undefined {
  if (choice === undefined) return undefined;
  const model = reports.flatMap(({ models }) => models).find(({ id }) => id === choice.model);
  if (model === undefined) return undefined;
  const { instance } = choice;
  if (instance === undefined) return choice;
  const isThere = model.layers.some(({ name }) => isWithin(name, instance));
  return isThere ? choice : { model: choice.model };
}

/**
 * The layers that a context builds at one call. With an instance these are the nearest to it: the layer itself or those
 * inside it, otherwise those inside the module that holds it, and so on outwards.
 */
export function layersInContext<T extends BuiltLayer>(built: readonly T[], { model, instance }: Choice): T[] {
  const own = built.filter((each) => each.model === model);
  for (let around = instance; around !== undefined; around = holderOf(around)) {
    const prefix = around;
    const near = own.flatMap((each) => {
      const names = each.names.filter((name) => isWithin(name, prefix));
      return names.length === 0 ? [] : [{ ...each, names, count: names.length }];
    });
    if (near.length > 0) return near;
  }
  return own;
}

/** The name of the module that holds a layer or module; `undefined` for what the model itself holds. */
function holderOf(name: string): string | undefined {
  const at = name.lastIndexOf('.');
  return at < 0 ? undefined : name.slice(0, at);
}

/** Whether a layer of this name is the module or inside it. */
function isWithin(name: string, module: string): boolean {
  return name === module || name.startsWith(`${module}.`);
}
