/** The lists to pick models, their layers and the layers of a call from. */
import * as vscode from 'vscode';
import type { BuiltLayer, Model, Report } from '../analysis/report';
import { briefLayers } from '../present/brief';
import { builtGroups, dataTexts, namesText } from '../present/built';
import type { Choice } from '../present/context';
import { show } from '../symbolic/show';

/** An entry of a list, with what picking it means. */
export type Pick<T> = vscode.QuickPickItem & { readonly value: T };

/** The models of the reports, in source order. */
export function modelsIn(reports: readonly Report[]): Model[] {
  return reports.flatMap(({ models }) => models);
}

/** The models to pick from, the one in use marked. */
export function modelPicks(models: readonly Model[], current?: string): Pick<Model>[] {
  return models.map((model) => ({
    label: model.id,
    description: modelText(model),
    detail: model.id === current ? '$(check) in use' : undefined,
    value: model,
  }));
}

/** A model's whole, then each of its layers. */
export function layerPicks({ id, layers }: Model): Pick<Choice>[] {
  const texts = briefLayers(layers.map(({ layer }) => layer));
  return [
    {
      label: `All of ${id}`,
      description: 'each call as the model builds it, where that is one layer',
      value: { model: id },
    },
    ...layers.map(({ name }, index) => ({
      label: name,
      description: texts[index],
      value: { model: id, instance: name },
    })),
  ];
}

/** The layers that a call builds, under a heading a model; picking one chooses its context. */
export function builtPicks(built: readonly BuiltLayer[], choice?: Choice): Pick<Choice | undefined>[] {
  return builtGroups(built, choice).flatMap(({ model, layers }) => {
    const texts = briefLayers(layers.map(({ layer }) => layer));
    const heading = {
      label: model ?? 'outside of models',
      kind: vscode.QuickPickItemKind.Separator,
      value: undefined,
    };
    return [heading, ...layers.map((layer, index) => builtPick(layer, texts[index] ?? ''))];
  });
}

function builtPick(layer: BuiltLayer, text: string): Pick<Choice | undefined> {
  const { names, model, count } = layer;
  const { input, output, macs } = dataTexts(layer);
  const times = count === undefined ? ' × any number' : count === 1 ? '' : ` ×${count}`;
  const data = output === undefined ? undefined : `${input ?? ''} → ${output}`;
  const work = macs === undefined || macs.kind === 'unknown' ? '' : `, ${show(macs)} MACs`;
  const [instance] = names;
  return {
    label: names.length === 0 ? `${text}${times}` : namesText(names),
    description: names.length === 0 ? undefined : `${text}${times}`,
    detail: data === undefined ? undefined : `${data}${work}`,
    value: model === undefined ? undefined : { model, instance },
  };
}

function modelText({ layers, params, isComplete }: Model): string {
  const number = params.kind === 'unknown' ? 'unknown parameters' : `${show(params)} parameters`;
  return `${layers.length} convolutions · ${number}${isComplete ? '' : ' · not complete'}`;
}
