// Reading without network, where site.toml has [offline] on: starts the service worker; the page for what is missing lists what is kept.
{
  const { root, megabytes } = document.currentScript.dataset;
  navigator.serviceWorker?.register(`${root || './'}service-worker.js?megabytes=${megabytes}`);

  const list = document.getElementById('kept');
  const isArticle = (address) => /\/\d{4}\/\d\d\/\d\d\/[^/]+\/$/.test(new URL(address).pathname);
  const titleOf = async (response) =>
    new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('h1')?.textContent;

  const show = async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      const requests = (await cache.keys()).filter(({ url }) => isArticle(url));
      // those that were read last
      for (const request of requests.reverse().slice(0, 200)) {
        const link = document.createElement('a');
        link.href = request.url;
        link.textContent = await titleOf(await cache.match(request));
        const item = document.createElement('li');
        item.append(link);
        list.append(item);
      }
    }
  };
  if (list && window.caches) show();
}
