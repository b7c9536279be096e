// Keeps the whole site, so that it works without a network after the first visit. The build fills in what stands in capitals.
const name = __NAME__;
const files = __FILES__;

addEventListener('install', (event) => {
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)));
});

addEventListener('activate', (event) => {
  const old = async () => {
    for (const key of await caches.keys()) if (key.startsWith('postern-') && key !== name) await caches.delete(key);
  };
  event.waitUntil(old());
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  // A folder is its index.html, as hosts have it.
  const address = request.url.replace(/[?#].*$/, '').replace(/\/$/, '/index.html');
  const answer = async () => (await (await caches.open(name)).match(address)) ?? fetch(request);
  event.respondWith(answer());
});
