// @ts-check
/**
 * The server's events: pages that have changed, by this tab, another one or a file; and the progress of work.
 *
 * The browser connects again by itself. What happened meanwhile is unknown then, so that everything shown is read again.
 *
 * @import { Working } from './types.js'
 */

/**
 * @param {{changed: (pages: string[]|null) => void, working: (working: Working|null) => void, online: (online: boolean) => void}} listener
 */
export function events(listener) {
  const source = new EventSource('api/events');
  let lost = false;
  source.addEventListener('open', () => {
    listener.online(true);
    if (lost) listener.changed(null);
    lost = false;
  });
  source.addEventListener('error', () => {
    lost = true;
    listener.online(false);
  });
  source.addEventListener('message', ({ data }) => {
    const { pages, working } = JSON.parse(data);
    listener.working(working ?? null);
    // an event of work alone names no page
    if (pages === null || pages.length > 0) listener.changed(pages);
  });
}
