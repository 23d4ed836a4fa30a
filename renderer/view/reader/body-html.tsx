// The HTML of a message: cleaned, then drawn in a frame without scripts and without an origin.
import { useEffect, useMemo, useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { MessageView } from '../../../shared/message.js';
import { type CleanHtml, cleanHtml, type LinkHref } from '../../html/clean.js';
import { framePage, pageNonce, withImages } from '../../html/frame-page.js';
import { type LoadedImages, loadImages } from '../../html/images.js';
import { pageHeight } from '../../html/print-height.js';
import { frameLinks } from '../../link/asked.js';
import { fetchText } from '../../state/parts.js';
import { beforePrint } from '../../state/print.js';
import { useText } from '../../text/text.js';
import { ErrorNote, Skeleton } from '../part/state.js';
import { BlockedBar } from './blocked-bar.js';

const nothingLoaded: LoadedImages = { urls: new Map(), failed: 0 };

export function BodyHtml({ view, charset }: { view: MessageView; charset: string | null }) {
  const t = useText();
  const { text, failure } = useHtml(view, charset);
  const [links] = useState(frameLinks);
  const { clean, broken } = useMemo(() => tryClean(text, links.href), [text, links]);
  const [remote, setRemote] = useState(false);
  const images = useImages(view, clean, remote);
  useEffect(() => {
    links.set(clean?.links ?? []);
    return links.forget;
  }, [clean, links]);
  const page = useMemo(
    () => (clean === null ? null : framePage({ body: withImages(clean.body, images.urls), css: clean.css }, view.language, pageNonce())),
    [clean, images, view.language],
  );
  const height = usePrintHeight(page);
  const wrong = failure ?? broken;
  if (wrong !== null) return <ErrorNote failure={wrong} title={t('reader.failedTitle')} />;
  if (clean === null || page === null) return <Skeleton rows={4} />;
  return (
    <>
      <BlockedBar view={view} images={clean.images} loaded={images} remote={remote} onLoad={setRemote} />
      {/* No allow-scripts, no allow-same-origin: a click on a link can only change this page's own fragment. */}
      <iframe
        className="html-frame"
        title={t('reader.frameTitle')}
        sandbox="allow-top-navigation-by-user-activation"
        srcDoc={page}
        style={{ '--print-height': `${height}px` } as React.CSSProperties}
        referrerPolicy="no-referrer"
      />
    </>
  );
}

/** HTML that even the cleaner chokes on is not shown; its text still is, a button away. */
function tryClean(text: string | null, href: LinkHref): { clean: CleanHtml | null; broken: Failure | null } {
  if (text === null) return { clean: null, broken: null };
  try {
    return { clean: cleanHtml(text, href), broken: null };
  } catch (error) {
    return { clean: null, broken: { code: 'unparsable', message: String(error), temporary: false } };
  }
}

function usePrintHeight(page: string | null): number {
  const [height, setHeight] = useState(0);
  useEffect(() => (page === null ? undefined : beforePrint(async () => setHeight(await pageHeight(page)))), [page]);
  return height;
}

function useHtml(view: MessageView, charset: string | null): { text: string | null; failure: Failure | null } {
  const [answer, setAnswer] = useState<{ url: string; text: string | null; failure: Failure | null } | null>(null);
  const url = `${view.partsUrl}/html${charset === null ? '' : `;${charset}`}`;
  useEffect(() => {
    let current = true;
    fetchText(url).then(
      (text) => (current ? setAnswer({ url, text, failure: null }) : undefined),
      (error: unknown) => (current ? setAnswer({ url, text: null, failure: toFailure(error) }) : undefined),
    );
    return () => {
      current = false;
    };
  }, [url]);
  return answer?.url === url ? answer : { text: null, failure: null };
}

function useImages(view: MessageView, clean: CleanHtml | null, remote: boolean): LoadedImages {
  const [loaded, setLoaded] = useState(nothingLoaded);
  useEffect(() => {
    let current = true;
    setLoaded(nothingLoaded);
    if (clean !== null && clean.images.length > 0) {
      void loadImages(view, clean.images, remote).then((images) => (current ? setLoaded(images) : undefined));
    }
    return () => {
      current = false;
    };
  }, [view, clean, remote]);
  return loaded;
}
