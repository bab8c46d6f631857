// Keeps a previewed page up to date. The server tells its state by server-sent events: a version, which differs from this
// page's where the site was built again, and the text of an error while there is one.
(() => {
  "use strict";
  const { version, desk } = document.currentScript.dataset;
  const PLACE = "wenzhai-place";
  let source = null;
  let overlay = null;
  let styles = null;

  // Storage may be forbidden; then the browser's own memory of the place has to do.
  const keepPlace = () => {
    try {
      sessionStorage.setItem(PLACE, JSON.stringify([location.pathname, scrollX, scrollY]));
    } catch {}
  };

  const findPlace = () => {
    try {
      const [path, x, y] = JSON.parse(sessionStorage.getItem(PLACE)) ?? [];
      sessionStorage.removeItem(PLACE);
      if (path === location.pathname) {
        scrollTo({ left: x, top: y, behavior: "instant" });
      }
    } catch {}
  };

  // In a shadow tree and important, so that no rule of the site reaches it; as text, whatever the error quotes.
  const show = (error) => {
    overlay?.remove();
    overlay = null;
    if (error === null) {
      return;
    }
    const text = document.createElement("pre");
    text.setAttribute("role", "alert");
    text.textContent = error;
    text.style.cssText =
      "margin:0;padding:1rem 1.25rem;max-height:60vh;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;" +
      "font:14px/1.5 ui-monospace,monospace;color:#fff;background:#3b0d0c;border-top:4px solid #ff5c57";
    overlay = document.createElement("div");
    overlay.style.cssText =
      "all:initial!important;display:block!important;position:fixed!important;inset:auto 0 0 0!important;" +
      "z-index:2147483647!important";
    overlay.attachShadow({ mode: "open" }).append(text);
    document.documentElement.append(overlay);
  };

  // Each sheet is put beside the old one, which goes when the new one is there: no moment is without a style.
  const restyle = (count) => {
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const address = new URL(old.href);
      if (address.origin === location.origin) {
        address.searchParams.set("wenzhai", count);
        const sheet = old.cloneNode();
        sheet.href = address.href;
        sheet.onload = sheet.onerror = () => old.remove();
        old.after(sheet);
      }
    }
  };

  const hear = ({ data }) => {
    const state = JSON.parse(data);
    if (state.version === version) {
      if (styles !== null && styles !== state.styles) {
        restyle(state.styles);
      }
      styles = state.styles;
      show(state.error);
    } else {
      keepPlace();
      location.reload();
    }
  };

  // A browser opens few connections to one server: a hidden page gives its own back and asks again when it is seen.
  const listen = () => {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else if (source === null) {
      source = new EventSource("/__wenzhai/live");
      source.onmessage = hear;
    }
  };

  // Leads to the place at the desk that this page was made from. Inside the desk's own preview it is not needed.
  const linkDesk = () => {
    const link = document.createElement("a");
    link.href = `${desk}where?path=${encodeURIComponent(location.pathname)}`;
    link.textContent = document.documentElement.lang.startsWith("zh") ? "改这里" : "Correct this";
    link.style.cssText =
      "position:fixed;inset:auto 1rem 1rem auto;padding:.5rem .9rem;border-radius:1.5rem;min-height:24px;" +
      "font:14px/1.5 system-ui,sans-serif;color:#fff;background:#8a2a1f;text-decoration:none;box-shadow:0 1px 6px #0006";
    const host = document.createElement("div");
    host.style.cssText = "all:initial!important;position:fixed!important;z-index:2147483646!important";
    host.attachShadow({ mode: "open" }).append(link);
    document.body.append(host);
  };

  findPlace();
  if (desk && window === window.top) {
    linkDesk();
  }
  listen();
  document.addEventListener("visibilitychange", listen);
})();
