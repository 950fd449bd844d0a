import { expect, test } from "vitest";
import {
  startsCommand,
  transportOf,
  withoutCredentials,
} from "../../../../rules/capabilities/git-modules/url.ts";

test.each([
  { url: "https://host/a", transport: "https" },
  { url: "HTTPS://host/a", transport: "https" },
  { url: "ssh://git@host/a", transport: "https" },
  { url: "git+ssh://host/a", transport: "https" },
  { url: "git@host:a/b.git", transport: "https" },
  { url: "host:a", transport: "https" },
  { url: "../sibling.git", transport: "https" },
  { url: "./below", transport: "https" },
  { url: "http://host/a", transport: "other" },
  { url: "git://host/a", transport: "other" },
  { url: "file:///a", transport: "other" },
  { url: "/a/b", transport: "other" },
  { url: "C:\\a", transport: "other" },
  { url: "a/b:c", transport: "other" },
  { url: "ext::sh -c id", transport: "other" },
  { url: "ext::sh -c https://host/a", transport: "other" },
  { url: "/a/../b", transport: "other" },
  { url: "a/bc:d", transport: "other" },
  { url: "", transport: "other" },
])("$url comes by $transport", ({ url, transport }) => {
  expect(transportOf(url)).toBe(transport);
});

test.each([
  { url: "ext::sh -c id", starts: true },
  { url: "--upload-pack=id", starts: true },
  { url: "ssh://-oProxyCommand=id/x", starts: true },
  { url: "ssh://%2doProxyCommand=id/x", starts: true },
  { url: "ssh://git@-oProxyCommand=id/x", starts: true },
  { url: "git@-oProxyCommand=id:x", starts: true },
  { url: "https://host/-a", starts: false },
  { url: "git@host:-a", starts: false },
  { url: "https://my-host/a", starts: false },
])("whether $url starts a command is seen", ({ url, starts }) => {
  expect(startsCommand(url)).toBe(starts);
});

test.each([
  { url: "https://user:secret@host/a@b", shown: "https://…@host/a@b" },
  { url: "git@host:a", shown: "git@host:a" },
  { url: "git@host:a/https://b@c", shown: "git@host:a/https://b@c" },
  { url: "https://host/a", shown: "https://host/a" },
])("credentials in $url are not shown", ({ url, shown }) => {
  expect(withoutCredentials(url)).toBe(shown);
});
