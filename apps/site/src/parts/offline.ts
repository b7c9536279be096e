/** Keeps the whole site for visits without a network, once the page stands still. */
export function workOffline(): void {
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined || !import.meta.env.PROD) return;
  const register = () => {
    const root = document.body.dataset['root'] ?? '';
    // A host that serves no worker, or a browser that refuses one, leaves the site as it is.
    serviceWorker.register(`${root}worker.js`).catch(() => undefined);
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
