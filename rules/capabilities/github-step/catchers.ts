/**
 * Hosts where anybody gets an address, without a name, and then reads all that is sent to it:
 * catchers of requests, tunnels to a machine of one's own, and drops for files and texts.
 */
const CATCHERS = [
  ...["beeceptor.com", "ceye.io", "dnslog.cn", "hookbin.com", "hookdeck.events", "pipedream.net"],
  ...["postb.in", "requestbin.com", "requestbin.net", "requestcatcher.com", "requestrepo.com"],
  ...["typedwebhook.tools", "webhook.site", "webhook.cool"],
  ...["burpcollaborator.net", "canarytokens.com", "interact.sh", "oastify.com"],
  ...["oast.fun", "oast.live", "oast.me", "oast.online", "oast.pro", "oast.site"],
  ...["loca.lt", "localhost.run", "lhr.life", "ngrok.app", "ngrok.dev", "ngrok.io", "serveo.net"],
  ...["ngrok-free.app", "ngrok-free.dev", "trycloudflare.com"],
  ...["0x0.st", "bashupload.com", "file.io", "paste.rs", "pastebin.com", "temp.sh"],
  ...["termbin.com", "transfer.sh"],
];

/** Whether a host, in lower case, is one where only requests are caught. */
export function isCatcher(host: string): boolean {
  return CATCHERS.some((catcher) => host === catcher || host.endsWith(`.${catcher}`));
}

/** A catcher that a text names, and the row of the text that does, from 0. */
export interface NamedCatcher {
  readonly host: string;
  readonly row: number;
}

/** The catchers that a text names, by whole host names. */
export function catchersIn(text: string): NamedCatcher[] {
  const found: NamedCatcher[] = [];
  let row = 0;
  let behind = 0;
  for (const { 0: name, index } of text.matchAll(HOST_NAME)) {
    const host = name.toLowerCase();
    if (!isCatcher(host)) continue;
    row += text.slice(behind, index).split("\n").length - 1;
    behind = index;
    found.push({ host, row });
  }
  return found;
}

const HOST_NAME = /(?<![\w.-])[\w-]+(?:\.[\w-]+)+/g;
