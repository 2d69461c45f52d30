/** Base64 of ASCII text, without the help of a browser or of Node. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 (RFC 4648, section 4) of `ascii`, whose characters must be below U+0080. */
export function base64(ascii: string): string {
  let text = '';
  for (let at = 0; at < ascii.length; at += 3) {
    const count = Math.min(3, ascii.length - at);
    const bits = [0, 1, 2].reduce((sum, k) => sum * 256 + (k < count ? ascii.charCodeAt(at + k) : 0), 0);
    const digits = [18, 12, 6, 0].map((shift) => DIGITS.charAt((bits >> shift) & 63));
    text += digits.slice(0, count + 1).join('') + '='.repeat(3 - count);
  }
  return text;
}

/** `text` as XML character data or attribute value in ASCII: markup and other scripts become references. */
export function xml(text: string): string {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0;
    if (point < 32) return ' ';
    return point > 126 || '<>&"\''.includes(character) ? `&#${point};` : character;
  }).join('');
}
