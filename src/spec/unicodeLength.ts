/** Characters as JSON Schema counts them: a pair of surrogates is one. */
export function unicodeLength(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const isPair = text.charCodeAt(index) >>> 10 === 0x36 && text.charCodeAt(index + 1) >>> 10 === 0x37;
    if (isPair) index++;
    length++;
  }
  return length;
}
