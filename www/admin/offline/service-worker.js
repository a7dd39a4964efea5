// Keeps the static demonstration in the browser, so that it works offline once it was loaded. The build puts in its files and a name for them.

const files = self.BUILT_FILES;
const cacheName = self.BUILT_NAME;
const prefix = "idp-group-sync-demo-";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(cacheName);
      // Files differ by name alone, whatever a server says that they vary by.
      const kept = await cache.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
      return kept ?? fetch(request);
    })(),
  );
});
