/** Our pages as HTML with their content policy. */
import * as vscode from 'vscode';

/** Folders the page may load from. */
export function pageRoots(extensionUri: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** What makes one page differ from another. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
  /** What the page may do besides running its script: directives of its policy. */
  readonly directives: readonly string[];
}

/** The visualiser, whose engine's worker starts from a blob. */
export const VISUALISER_PAGE: PageFiles = {
  script: 'page.js',
  style: 'visualiser.css',
  directives: ['worker-src blob:'],
};

/** The summary of a model. */
export const SUMMARY_PAGE: PageFiles = { script: 'summary.js', style: 'summary.css', directives: [] };

/** A page for one webview. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: PageFiles): string {
  const nonce = makeNonce();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', page.script)).toString();
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'media', page.style)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(webview.cspSource, nonce, page)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<link rel="stylesheet" href="${style}">
<title>ConvLens</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/**
 * The policy: nothing but our own script, our own style sheet (the nonce is for the style elements of the form
 * controls), images and fonts of the extension, and what the page itself needs.
 */
function policy(source: string, nonce: string, { directives }: PageFiles): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    ...directives,
    `img-src ${source} data:`,
    `font-src ${source}`,
  ].join('; ');
}

/** 32 letters and digits. A nonce only tells our script from others, it keeps no secret. */
function makeNonce(): string {
  return Array.from({ length: 32 }, () => Math.floor(Math.random() * 36).toString(36)).join('');
}
