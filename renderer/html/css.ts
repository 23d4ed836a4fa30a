// CSS from a message, kept where it only draws: no addresses, no fonts from elsewhere, no variables.

/** Values that could load something, however they were written: the browser's own serialisation spells them out. */
const loads = /url\s*\(|image-set\s*\(|image\s*\(|src\s*\(|element\s*\(|cross-fade\s*\(|paint\s*\(|@import|expression\s*\(/i;
const kept = (name: string, value: string) => !name.startsWith('--') && name !== 'behavior' && !loads.test(value) && !leaves(name, value);
/** Out of the flow of the message over our own bars is impossible (a frame), but over its own warnings is not wanted either. */
const leaves = (name: string, value: string) => name === 'position' && /fixed|sticky/.test(value);

function declarations(style: CSSStyleDeclaration): string {
  const lines: string[] = [];
  for (const name of style) {
    const value = style.getPropertyValue(name);
    if (kept(name, value)) lines.push(`${name}:${value}${style.getPropertyPriority(name) === '' ? '' : ' !important'}`);
  }
  return lines.join(';');
}

function parse(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text.replace(/@import[^;]*;?/gi, ''));
  return sheet;
}

/** The content of a style attribute; '' when nothing of it stays. */
export function cleanDeclarations(text: string): string {
  const [rule] = parse(`a{${text.replace(/[{}]/g, '')}}`).cssRules;
  return rule instanceof CSSStyleRule ? declarations(rule.style) : '';
}

/** A style element: rules and media queries; everything else is left out. */
export function cleanSheet(text: string): string {
  return rules(parse(text.replace(/<!--|-->/g, '')).cssRules);
}

function rules(list: CSSRuleList): string {
  let text = '';
  for (const rule of list) {
    if (rule instanceof CSSStyleRule) text += `${rule.selectorText}{${declarations(rule.style)}}`;
    else if (rule instanceof CSSMediaRule) text += `@media ${rule.conditionText}{${rules(rule.cssRules)}}`;
  }
  return text.replaceAll('</', '<\\/');
}
