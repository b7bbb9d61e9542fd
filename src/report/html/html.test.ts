import { expect, test } from 'vitest';
import { type Html, html } from './html.ts';

test('what is inserted is escaped, in content and in attributes', () => {
  const name = `</script><img src=x onerror=alert(1)>"'&`;
  expect(html`<p title="${name}">${name}</p>`.markup).toBe(
    '<p title="&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;">&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;</p>',
  );
});

test('templates nest, lists join, and nothing, null and false leave no trace', () => {
  expect(
    html`<ul>${['a', '<b>'].map((item) => html`<li>${item}</li>`)}${null}${undefined}${false}${0}</ul>`.markup,
  ).toBe('<ul><li>a</li><li>&lt;b&gt;</li>0</ul>');
});

test('text that looks like a replacement pattern is left alone', () => {
  expect(html`<p>${'$& $1 {{x}} ]]>'}</p>`.markup).toBe('<p>$&amp; $1 {{x}} ]]&gt;</p>');
});

test('one value cannot make the page large', () => {
  expect(html`${'x'.repeat(1_000_000)}`.markup.length).toBeLessThan(2_100);
});

test('an object that only looks like markup is refused', () => {
  expect(() => html`${{ markup: '<i>' } as unknown as Html}`).toThrow();
});
