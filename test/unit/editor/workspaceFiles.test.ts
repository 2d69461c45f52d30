/** Where imports start: the document's own workspace folder first, then the others. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { rootsOf } from '../../../src/editor/workspaceFiles';
import { reset, Uri, workspace, world } from '../../support/vscode';

const uri = (text: string): vscode.Uri => Uri.parse(text) as unknown as vscode.Uri;

describe('roots of imports', () => {
  beforeEach(() => {
    reset();
    workspace.workspaceFolders = [{ uri: Uri.parse('file:///one') }, { uri: Uri.parse('file:///two') }];
  });

  it('are the workspace folders and their src, the own one first', () => {
    assert.deepEqual(rootsOf(uri('file:///two/deep/a.py'), false), [
      'file:///two',
      'file:///two/src',
      'file:///one',
      'file:///one/src',
    ]);
  });

  it('are first those of the settings', () => {
    world.settings = { sourceRoots: ['lib/python', '../shared'] };
    assert.deepEqual(rootsOf(uri('file:///one/a.py'), false).slice(0, 4), [
      'file:///one/lib/python',
      'file:///shared',
      'file:///one',
      'file:///one/src',
    ]);
  });

  it('begin beside a notebook', () => {
    assert.equal(rootsOf(uri('file:///one/books/a.ipynb'), true)[0], 'file:///one/books');
    assert.equal(rootsOf(uri('untitled:a.ipynb'), true)[0], 'file:///one');
  });

  it('are those of all folders for a document outside, none without a folder', () => {
    assert.equal(rootsOf(uri('file:///else/a.py'), false).length, 4);
    workspace.workspaceFolders = undefined;
    assert.deepEqual(rootsOf(uri('file:///else/a.py'), false), []);
  });
});
