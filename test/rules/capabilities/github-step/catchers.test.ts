import { expect, test } from "vitest";
import { catchersIn, isCatcher } from "../../../../rules/capabilities/github-step/catchers.ts";

test.each([
  ["beeceptor.com"],
  ["ceye.io"],
  ["dnslog.cn"],
  ["hookbin.com"],
  ["hookdeck.events"],
  ["pipedream.net"],
  ["postb.in"],
  ["requestbin.com"],
  ["requestbin.net"],
  ["requestcatcher.com"],
  ["requestrepo.com"],
  ["typedwebhook.tools"],
  ["webhook.cool"],
  ["webhook.site"],
  ["burpcollaborator.net"],
  ["canarytokens.com"],
  ["interact.sh"],
  ["oastify.com"],
  ["oast.fun"],
  ["oast.live"],
  ["oast.me"],
  ["oast.online"],
  ["oast.pro"],
  ["oast.site"],
  ["loca.lt"],
  ["localhost.run"],
  ["lhr.life"],
  ["ngrok.app"],
  ["ngrok.dev"],
  ["ngrok.io"],
  ["serveo.net"],
  ["ngrok-free.app"],
  ["ngrok-free.dev"],
  ["trycloudflare.com"],
  ["0x0.st"],
  ["bashupload.com"],
  ["file.io"],
  ["paste.rs"],
  ["pastebin.com"],
  ["temp.sh"],
  ["termbin.com"],
  ["transfer.sh"],
])("%s is a catcher, and so is what lies below it", (host) => {
  expect(isCatcher(host)).toBe(true);
  expect(isCatcher(`a.b.${host}`)).toBe(true);
  expect(isCatcher(`a-${host}`)).toBe(false);
  expect(isCatcher(`${host}.example`)).toBe(false);
});

test("catchers are found by whole names in any letters, each at its row", () => {
  const text = "curl x.example\nWebhook.Site b.ngrok.io\n\nweb.transfer.sh mywebhook.site";
  expect(catchersIn(text)).toEqual([
    { host: "webhook.site", row: 1 },
    { host: "b.ngrok.io", row: 1 },
    { host: "web.transfer.sh", row: 3 },
  ]);
});
