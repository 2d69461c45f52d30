/** The page's content policy lets in our own script and style alone. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { pageHtml, SUMMARY_PAGE, VISUALISER_PAGE } from '../../../src/editor/visualiserHtml';
import { Uri } from '../../support/vscode';

const webview = {
  cspSource: 'https://ours',
  asWebviewUri: (uri: unknown) => uri,
} as unknown as vscode.Webview;
const html = (page = VISUALISER_PAGE) =>
  pageHtml(webview, Uri.parse('ext:/convlens') as unknown as vscode.Uri, page);

function directives(text: string): Map<string, string> {
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
  return new Map(
    policy.split('; ').map((each) => [each.split(' ')[0] ?? '', each.slice(each.indexOf(' ') + 1)]),
  );
}

describe("The page's policy", () => {
  it('allows nothing that is not named', () => {
    const policy = directives(html());
    assert.equal(policy.get('default-src'), "'none'");
    assert.equal(policy.get('worker-src'), 'blob:');
    assert.deepEqual([...policy.keys()].sort(), [
      'default-src',
      'font-src',
      'img-src',
      'script-src',
      'style-src',
      'worker-src',
    ]);
    assert.doesNotMatch([...policy.values()].join(' '), /unsafe|\*|http:/);
  });

  it('runs only the script that carries the nonce, a new one each time', () => {
    const text = html();
    const [, nonce = ''] = /<script nonce="(\w+)"/.exec(text) ?? [];
    assert.equal(nonce.length, 32);
    assert.equal(directives(text).get('script-src'), `'nonce-${nonce}'`);
    assert.equal(text.match(/<script/g)?.length, 1);
    assert.notEqual(directives(html()).get('script-src'), `'nonce-${nonce}'`);
  });

  it('loads the bundled page and its style sheet', () => {
    assert.match(html(), /src="ext:\/convlens\/dist\/page\.js"/);
    assert.match(html(), /href="ext:\/convlens\/media\/visualiser\.css"/);
  });

  it('gives the summary no worker', () => {
    const policy = directives(html(SUMMARY_PAGE));
    assert.deepEqual([...policy.keys()].sort(), [
      'default-src',
      'font-src',
      'img-src',
      'script-src',
      'style-src',
    ]);
    assert.match(html(SUMMARY_PAGE), /src="ext:\/convlens\/dist\/summary\.js"/);
    assert.match(html(SUMMARY_PAGE), /href="ext:\/convlens\/media\/summary\.css"/);
  });
});
