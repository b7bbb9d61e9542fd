/** What a strict reader of tags would object to: enough to notice a name that became markup. */
export function checkMarkup(text: string): { problems: string[]; tags: Set<string>; attributes: Set<string> } {
  const problems: string[] = [];
  const tags = new Set<string>();
  const attributes = new Set<string>();
  const open: string[] = [];
  const markup = text.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/^<(\?xml|!doctype)[^>]*>/i, '');
  const rest = markup.replace(TAG, (_, close: string, name: string, list: string, selfClosing: string) => {
    tags.add(name);
    for (const attribute of list.matchAll(/([^\s="]+)="([^"]*)"/g)) {
      attributes.add(attribute[1] ?? '');
      if (BARE_AMPERSAND.test(attribute[2] ?? '')) problems.push(`bare & in ${attribute[0]}`);
    }
    if (close === '/') {
      const last = open.pop();
      if (last !== name) problems.push(`</${name}> closes <${last}>`);
    } else if (selfClosing !== '/' && !VOID.has(name)) {
      open.push(name);
    }
    return '';
  });
  if (rest.includes('<')) problems.push(`stray < near ${rest.slice(rest.indexOf('<'), rest.indexOf('<') + 40)}`);
  if (BARE_AMPERSAND.test(rest)) problems.push('bare & in text');
  return { problems: [...problems, ...open.map((name) => `<${name}> is never closed`)], tags, attributes };
}

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g;
const VOID = new Set(['meta', 'br']);
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#39);)/;
