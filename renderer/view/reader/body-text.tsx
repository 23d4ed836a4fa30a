// The text of a message: links that say where they lead, long quotes folded, the signature quiet.
import { useState } from 'react';
import { judgeLink } from '../../link/judge.js';
import { openLink } from '../../link/open.js';
import { pages } from '../../state/pages.js';
import { printing } from '../../state/print.js';
import { useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';
import { Marked } from '../mail/highlight.js';
import { Icon } from '../part/icon.js';
import { type Block, foldAbove, linkPieces, textBlocks } from './blocks.js';

export function BodyText({ text, language, raw }: { text: string; language: string | null; raw: boolean }) {
  const t = useText();
  if (text.trim() === '') return <p className="body t3">{t('reader.emptyBody')}</p>;
  if (raw) return <pre className="body raw mono">{text}</pre>;
  return (
    <div className="body select" {...(language === null ? {} : { lang: language })}>
      {textBlocks(text).map((block, index) => (
        <BlockView key={String(index)} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <Linked text={block.text} />
        </p>
      );
    case 'quote':
      return <Quote block={block} />;
    case 'signature':
      return (
        <p className="sign">
          <Linked text={block.text} />
        </p>
      );
  }
}

function Quote({ block }: { block: Extract<Block, { kind: 'quote' }> }) {
  const t = useText();
  const [unfolded, setOpen] = useState(block.lines <= foldAbove);
  const open = useStore(printing) || unfolded;
  return (
    <>
      {block.lines <= foldAbove ? null : (
        <button type="button" className="unquote" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'down' : 'right'} small />
          {t('reader.quoted', { count: block.lines })}
        </button>
      )}
      {open ? (
        <blockquote>
          <Linked text={block.text} />
        </blockquote>
      ) : null}
    </>
  );
}

function Linked({ text }: { text: string }) {
  const { highlight } = useStore(pages);
  return linkPieces(text).map((piece, index) =>
    piece.href === null ? (
      <Marked key={String(index)} text={piece.text} words={highlight} />
    ) : (
      <Link key={String(index)} href={piece.href} text={piece.text} />
    ),
  );
}

function Link({ href, text }: { href: string; text: string }) {
  const target = judgeLink(href, text);
  if (target === null) return text;
  const shown = target.readable === target.host ? target.url : `${target.readable} = ${target.url}`;
  return (
    <button type="button" className="link inline" title={shown} onClick={() => void openLink(target)}>
      {text}
    </button>
  );
}
