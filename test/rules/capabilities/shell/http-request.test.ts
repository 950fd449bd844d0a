import { expect, test } from "vitest";
import type { Dialect } from "../../../../rules/capabilities/shell/command.ts";
import { requestOf } from "../../../../rules/capabilities/shell/http-request.ts";
import { programOf } from "../../../../rules/capabilities/shell/program.ts";
import { readShell } from "../../../../rules/capabilities/shell/read-shell.ts";

function requestIn(script: string, dialect: Dialect = "posix") {
  const [command] = readShell(script, dialect);
  return command ? requestOf(programOf(command)) : null;
}

/** What a script's first command asks of the first server, its texts without their places. */
function requested(script: string, dialect: Dialect = "posix") {
  const request = requestIn(script, dialect);
  if (!request) return null;
  const [target] = request.targets;
  return {
    url: target?.url?.text,
    host: target?.address?.host,
    savedAs: target?.savedAs,
    hasBody: request.hasBody,
    sent: request.sent.map(({ text }) => text),
  };
}

function hostsIn(script: string, dialect: Dialect = "posix") {
  return requestIn(script, dialect)?.targets.map(({ address }) => address?.host);
}

function filesIn(script: string) {
  return requestIn(script)?.targets.map(({ savedAs }) => savedAs);
}

const CURL_VALUES = [
  ...["-A", "-b", "-c", "-C", "-d", "-D", "-e", "-E", "-F", "-h", "-H", "-K", "-m", "-o", "-P"],
  ...["-Q", "-r", "-t", "-T", "-u", "-U", "-w", "-x", "-X", "-y", "-Y", "-z"],
  ...[
    "--abstract-unix-socket",
    "--alt-svc",
    "--aws-sigv4",
    "--cacert",
    "--capath",
    "--cert",
    "--cert-type",
    "--ciphers",
    "--config",
    "--connect-timeout",
    "--connect-to",
    "--continue-at",
    "--cookie",
    "--cookie-jar",
    "--create-file-mode",
    "--crlfile",
    "--curves",
    "--data",
    "--data-ascii",
    "--data-binary",
    "--data-raw",
    "--data-urlencode",
    "--delegation",
    "--dns-interface",
    "--dns-ipv4-addr",
    "--dns-ipv6-addr",
    "--dns-servers",
    "--doh-url",
    "--dump-header",
    "--ech",
    "--egd-file",
    "--engine",
    "--etag-compare",
    "--etag-save",
    "--expect100-timeout",
    "--form",
    "--form-string",
    "--ftp-account",
    "--ftp-alternative-to-user",
    "--ftp-method",
    "--ftp-port",
    "--ftp-ssl-ccc-mode",
    "--happy-eyeballs-timeout-ms",
    "--haproxy-clientip",
    "--header",
    "--hostpubmd5",
    "--hostpubsha256",
    "--hsts",
    "--interface",
    "--ip-tos",
    "--ipfs-gateway",
    "--json",
    "--keepalive-cnt",
    "--keepalive-time",
    "--key",
    "--key-type",
    "--krb",
    "--libcurl",
    "--limit-rate",
    "--local-port",
    "--login-options",
    "--mail-auth",
    "--mail-from",
    "--mail-rcpt",
    "--max-filesize",
    "--max-redirs",
    "--max-time",
    "--netrc-file",
    "--noproxy",
    "--oauth2-bearer",
    "--output",
    "--output-dir",
    "--parallel-max",
    "--parallel-max-host",
    "--pass",
    "--pinnedpubkey",
    "--preproxy",
    "--proto",
    "--proto-default",
    "--proto-redir",
    "--proxy-cacert",
    "--proxy-capath",
    "--proxy-cert",
    "--proxy-cert-type",
    "--proxy-ciphers",
    "--proxy-crlfile",
    "--proxy-header",
    "--proxy-key",
    "--proxy-key-type",
    "--proxy-pass",
    "--proxy-pinnedpubkey",
    "--proxy-service-name",
    "--proxy-tls13-ciphers",
    "--proxy-tlsauthtype",
    "--proxy-tlspassword",
    "--proxy-tlsuser",
    "--proxy-user",
    "--proxy1.0",
    "--pubkey",
    "--quote",
    "--random-file",
    "--range",
    "--rate",
    "--referer",
    "--request",
    "--request-target",
    "--resolve",
    "--retry",
    "--retry-delay",
    "--retry-max-time",
    "--sasl-authzid",
    "--service-name",
    "--sigalgs",
    "--socks4",
    "--socks4a",
    "--socks5",
    "--socks5-gssapi-service",
    "--socks5-hostname",
    "--speed-limit",
    "--speed-time",
    "--stderr",
    "--telnet-option",
    "--tftp-blksize",
    "--time-cond",
    "--tls-max",
    "--tls13-ciphers",
    "--tlsauthtype",
    "--tlspassword",
    "--tlsuser",
    "--trace",
    "--trace-ascii",
    "--trace-config",
    "--unix-socket",
    "--upload-file",
    "--upload-flags",
    "--url-query",
    "--user",
    "--user-agent",
    "--variable",
    "--vlan-priority",
    "--write-out",
    "--proxy",
  ],
];
const WGET_VALUES = [
  ...["-a", "-A", "-B", "-D", "-e", "-i", "-I", "-l", "-o", "-O", "-P", "-Q", "-R", "-t", "-T"],
  ...["-U", "-w", "-X", "--append-output", "--base", "--body-data", "--body-file"],
  ...["--ca-certificate", "--directory-prefix", "--header", "--load-cookies", "--method"],
  ...["--output-document", "--output-file", "--password", "--post-data", "--post-file"],
  ...["--referer", "--save-cookies", "--timeout", "--tries", "--user", "--user-agent"],
  ...["--waitretry"],
];
const ARIA2C_VALUES = [
  ...["-a", "-d", "-i", "-j", "-k", "-l", "-m", "-M", "-o", "-O", "-s", "-t", "-T", "-u", "-U"],
  ...["-x", "--all-proxy", "--dir", "--header", "--http-proxy", "--https-proxy", "--out"],
  ...["--referer", "--user-agent"],
];
const HTTPIE_VALUES = [
  ...["-a", "-A", "-o", "-p", "--auth", "--cert", "--cert-key", "--output", "--proxy", "--raw"],
  ...["--session", "--verify"],
];

test.each([
  ...CURL_VALUES.map((option) => `curl ${option}`),
  ...WGET_VALUES.map((option) => `wget ${option}`),
  ...ARIA2C_VALUES.map((option) => `aria2c ${option}`),
  ...HTTPIE_VALUES.map((option) => `http ${option}`),
])("the value of %s is not where it leads", (begun) => {
  expect(requested(`${begun} http://value.example http://host.example/a`)).toMatchObject({
    host: "host.example",
  });
});

test.each([
  ...["curl -s", "curl -L", "curl --fail", "wget -b", "wget -H", "wget --mirror", "aria2c -c"],
  ...["aria2c -R", "aria2c -P", "http -f", "http --follow", "https -v", "xh -b"],
])("%s has no value, so that a URL may follow", (begun) => {
  expect(requested(`${begun} http://host.example/a`)).toMatchObject({ host: "host.example" });
});

test.each([
  ...["-AllowInsecureRedirect", "-AllowUnencryptedAuthentication", "-Debug", "-DisableKeepAlive"],
  ...["-FollowRelLink", "-NoProxy", "-PassThru", "-PreserveAuthorizationOnRedirect"],
  ...["-ProxyUseDefaultCredentials", "-Resume", "-SkipCertificateCheck", "-SkipHttpErrorCheck"],
  ...["-UseBasicParsing", "-useb", "-UseDefaultCredentials", "-Verbose"],
])("PowerShell's %s has no value, so that a URL may follow", (option) => {
  const request = requested(`irm ${option} http://host.example/a`, "powershell");
  expect(request).toMatchObject({ host: "host.example" });
});

test.each(["-Proxy", "-Headers", "-TimeoutSec", "-UserAgent", "-OutFile"])(
  "the value of PowerShell's %s is not where it leads",
  (option) => {
    const script = `iwr ${option} http://value.example http://host.example/a`;
    expect(requested(script, "powershell")).toMatchObject({ host: "host.example" });
  },
);

test.each([
  ...["-d", "--data", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode", "-F"],
  ...["--form", "--form-string", "--json", "-T", "--upload-file"],
])("curl %s sends its value as a body", (option) => {
  const request = requested(`curl ${option} value https://host.example`);
  expect(request).toMatchObject({ hasBody: true, sent: ["https://host.example", "value"] });
});

test.each([
  ...["-A", "--user-agent", "-b", "--cookie", "-e", "--referer", "-H", "--header"],
  ...["--oauth2-bearer", "-u", "--user", "--url-query"],
])("curl %s sends its value without a body", (option) => {
  const request = requested(`curl ${option} value https://host.example`);
  expect(request).toMatchObject({ hasBody: false, sent: ["https://host.example", "value"] });
});

test.each([
  ...["wget --post-data", "wget --post-file", "wget --body-data", "wget --body-file"],
  ...["http --raw", "https --raw", "xh --raw"],
])("%s sends its value as a body", (begun) => {
  const request = requested(`${begun}=value https://host.example`);
  expect(request).toMatchObject({ hasBody: true, sent: ["https://host.example", "value"] });
});

test.each([
  ...["wget --header", "wget --referer", "wget --user", "wget --password", "wget -U"],
  ...["wget --user-agent", "aria2c --header", "http -a", "http --auth", "https -a", "xh -a"],
])("%s sends its value without a body", (begun) => {
  const request = requested(`${begun} value https://host.example`);
  expect(request).toMatchObject({ hasBody: false, sent: ["https://host.example", "value"] });
});

test.each([
  ["-Body", true],
  ["-Form", true],
  ["-InFile", true],
  ["-Headers", false],
  ["-Token", false],
  ["-UserAgent", false],
])("PowerShell's %s sends its value, as a body: %s", (option, hasBody) => {
  const request = requested(`irm ${option} value -Uri https://host.example`, "powershell");
  expect(request).toMatchObject({ hasBody, sent: expect.arrayContaining(["value"]) as unknown });
});

test.each([
  ["curl -X POST http://host.example", true],
  ["curl --request put http://host.example", true],
  ["wget --method PATCH http://host.example", true],
  ["xh post http://host.example", true],
  ["curl -X REPOST http://host.example", false],
  ["curl -X POSTS http://host.example", false],
  ["curl http://host.example/post -X", false],
  ["curl -X GET host.example/output", false],
  ["curl put.example", false],
])("the method of %s asks for a body: %s", (script, hasBody) => {
  expect(requested(script)).toMatchObject({ hasBody });
});

test.each([
  ["curl host.example"],
  ["curl host.example/a"],
  ["curl host.example:8080"],
  ["curl $HOST"],
  ["curl localhost"],
  ["curl localhost:8080/a"],
  ["curl a.b:80"],
  ["curl file host.example"],
  ["curl ./a.txt host.example"],
  ["http GET a=$B host.example"],
  ["http GET a.b=c host.example"],
  ["curl host.example other.example"],
  ["curl --url=host.example"],
])("%s leads to its first host", (script) => {
  const url = /(?:host\.example|\$HOST|localhost|a\.b:)\S*/.exec(script)?.[0];
  expect(requested(script)).toMatchObject({ url });
});

test.each([
  ["curl http://host.example/a/b", null],
  ["curl -o f http://host.example/a/b", "f"],
  ["curl -sLof http://host.example/a/b", "f"],
  ["curl --output f http://host.example/a/b", "f"],
  ["curl -sO http://host.example/a/b", "b"],
  ["curl --remote-name http://host.example/a/b", "b"],
  ["curl -O http://host.example/", null],
  ["curl http://host.example/a/b -o", null],
  ["wget http://host.example/a/b", "b"],
  ["wget -O f http://host.example/a/b", "f"],
  ["wget --output-document=f http://host.example/a/b", "f"],
  ["wget -q", null],
  ["aria2c http://host.example/a/b", "b"],
  ["aria2c -o f http://host.example/a/b", "f"],
  ["aria2c --out f http://host.example/a/b", "f"],
  ["http http://host.example/a/b", null],
  ["http -o f http://host.example/a/b", "f"],
  ["https --output f http://host.example/a/b", "f"],
  ["xh -d http://host.example/a/b", "b"],
  ["http --download http://host.example/a/b", "b"],
])("%s saves what it gets as %s", (script, savedAs) => {
  expect(requested(script)).toMatchObject({ savedAs });
});

test.each([
  ["iwr http://host.example/a", null],
  ["iwr http://host.example/a -OutFile f", "f"],
  ["Invoke-WebRequest http://host.example/a -o f", "f"],
  ["Invoke-RestMethod -Uri http://host.example/a -OutFile:f", "f"],
])("PowerShell's %s saves what it gets as %s", (script, savedAs) => {
  expect(requested(script, "powershell")).toMatchObject({ host: "host.example", savedAs });
});

test.each([
  ["curl https://a.example https://b.example", ["a.example", "b.example"]],
  ["curl a.example b.example/c", ["a.example", "b.example"]],
  ["curl a.example --url b.example c.example", ["a.example", "b.example", "c.example"]],
  ["curl https://a.example --next https://b.example", ["a.example", "b.example"]],
  ["curl --url intranet", ["intranet"]],
  ["curl https://a.example $B h$C", ["a.example", null, null]],
  ["wget https://a.example https://b.example", ["a.example", "b.example"]],
  ["aria2c https://a.example https://b.example", ["a.example", "b.example"]],
  ["http https://a.example b==https://b.example", ["a.example"]],
  ["curl -s", [undefined]],
])("%s leads to every place that it names", (script, hosts) => {
  expect(hostsIn(script)).toEqual(hosts);
});

test.each([
  ...["-x", "--proxy", "--preproxy", "--proxy1.0", "--socks4", "--socks4a", "--socks5"],
  ...["--socks5-hostname"],
])("what curl asks for through %s reaches the proxy as well", (option) => {
  const hosts = ["host.example", "proxy.example"];
  expect(hostsIn(`curl ${option} http://proxy.example:80 https://host.example`)).toEqual(hosts);
  expect(hostsIn(`curl ${option} proxy.example:80 https://host.example`)).toEqual(hosts);
  expect(hostsIn(`curl ${option} "" https://host.example`)).toEqual(["host.example"]);
});

test.each([
  ["curl --connect-to ::other.example:443", "other.example"],
  ["curl --connect-to host.example:443:other.example:443", "other.example"],
  ["curl --resolve host.example:443:192.0.2.1", "192.0.2.1"],
  ["curl --resolve host.example:443:[::1]", "::1"],
  ["aria2c --all-proxy=other.example", "other.example"],
  ["aria2c --http-proxy other.example", "other.example"],
  ["aria2c --https-proxy http://other.example", "other.example"],
  ["http --proxy https:http://other.example", "other.example"],
])("%s goes there as well", (begun, other) => {
  expect(hostsIn(`${begun} https://host.example`)).toEqual(["host.example", other]);
});

test("what PowerShell asks for through a proxy reaches the proxy as well", () => {
  const script = "irm -Proxy http://proxy.example https://host.example";
  expect(hostsIn(script, "powershell")).toEqual(["host.example", "proxy.example"]);
});

test.each([
  ["curl -o f http://a.example/b http://a.example/c", ["f", null]],
  ["curl http://a.example/b http://a.example/c -o f -o g", ["f", "g"]],
  ["curl -O http://a.example/b -o g http://a.example/c", ["b", "g"]],
  ["curl -O http://a.example/b http://a.example/c", ["b", null]],
  ["curl --remote-name-all http://a.example/b http://a.example/c", ["b", "c"]],
  ["curl --remote-name-all http://a.example/b -o g http://a.example/c", ["g", "c"]],
  ["curl -o f -x proxy.example http://a.example/b", ["f", null]],
  ["wget http://a.example/b http://a.example/c", ["b", "c"]],
  ["wget -O f http://a.example/b http://a.example/c", ["f", "f"]],
])("%s saves each answer: %s", (script, files) => {
  expect(filesIn(script)).toEqual(files);
});

test.each([
  ["curl --variable v@file --expand-data {{v}} https://host.example", ["{{v}}"]],
  ["curl --expand-json={{v}} https://host.example", ["{{v}}"]],
  ["curl --data-raw a--expand-b https://host.example", ["a--expand-b"]],
  ["wget --post-fil=file https://host.example", ["file"]],
  ["wget --body-f=file https://host.example", ["file"]],
])("%s sends a body by another spelling of the option", (script, body) => {
  expect(requested(script)).toMatchObject({
    hasBody: true,
    sent: ["https://host.example", ...body],
  });
});

test.each(["-Bod", "-b", "-InF", "-fo"])(
  "PowerShell takes %s for the option of a body",
  (option) => {
    const request = requested(`irm -Uri https://host.example ${option} value`, "powershell");
    expect(request).toMatchObject({ hasBody: true, sent: ["value", "https://host.example"] });
  },
);

test("an option that lacks its value sends nothing", () => {
  expect(requested("curl https://host.example -d")).toEqual({
    url: "https://host.example",
    host: "host.example",
    savedAs: null,
    hasBody: true,
    sent: ["https://host.example"],
  });
});

test.each(["--proxy", "--url", "--resolve"])(
  "curl %s without a value leads nowhere else",
  (option) => {
    expect(hostsIn(`curl https://host.example ${option}`)).toEqual(["host.example"]);
  },
);

test.each(["nc host.example 80", "A=b", "echo https://host.example"])(
  "%s is no HTTP request",
  (script) => {
    expect(requested(script)).toBeNull();
  },
);
