// The page inside the message frame: one style element with the window's nonce, the cleaned body, nothing else.
import type { CleanHtml } from './clean.js';

/** What a mail expects of its paper: light, unless it says otherwise. */
const paper = `
html{color-scheme:light;background:#fff;color:#1b1d1e}
body{margin:0;padding:14px 24px 24px;font:14px/22px system-ui,"Noto Sans CJK JP",sans-serif;overflow-wrap:anywhere}
:lang(ja){line-height:25px;line-break:strict}
img{max-width:100%;height:auto}
img:not([src]){min-width:16px;min-height:16px;outline:1px dashed #84878a;outline-offset:-1px;color:#606468;font-size:12px}
table{max-width:100%}
pre{white-space:pre-wrap}
blockquote{margin:10px 0;padding-left:12px;border-left:2px solid #cdcfcb}
a{color:#0b606a}
a:not([href]){color:inherit;text-decoration:none}
.todoku-doubt{outline:2px solid #7d5100;outline-offset:1px}
mark{background:#e3eff0}
`;

/** The nonce of this page's responses; '' where it is served without a CSP (a development server). */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

export function framePage({ body, css }: Pick<CleanHtml, 'body' | 'css'>, language: string | null, nonce: string): string {
  const style = nonce === '' ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  const policy = `default-src 'none'; img-src data:; style-src ${style}; base-uri 'none'; form-action 'none'`;
  const lang = language === null ? '' : ` lang="${language.replace(/[^\w-]/g, '')}"`;
  return `<!doctype html><html${lang}><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><style nonce="${nonce}">${paper}${css}</style></head><body>${body}</body></html>`;
}

/** Puts images' bytes where `data-image="N"` stands. */
export function withImages(body: string, urls: ReadonlyMap<number, string>): string {
  return body.replace(/ data-image="(\d+)"/g, (whole, number: string) => {
    const url = urls.get(Number(number));
    return url === undefined ? whole : ` src="${url}"`;
  });
}
