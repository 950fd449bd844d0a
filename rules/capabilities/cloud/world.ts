/** Words that stand for every address: of AWS, of Azure, and of Google. */
const WORDS = new Set(["*", "any", "internet", "all"]);

/** Networks shorter than these hold a good part of all addresses: two halves make the world. */
const SHORTEST_IPV4 = 8;
const SHORTEST_IPV6 = 16;

/** Whether a network is the whole internet, or so much of it that it makes no difference. */
export function isWorld(network: string): boolean {
  const text = network.trim().toLowerCase();
  if (WORDS.has(text)) return true;
  const [, address = "", bits = ""] = /^([0-9a-f.:]+)\/(\d{1,3})$/u.exec(text) ?? [];
  if (address.includes(":")) return Number(bits) < SHORTEST_IPV6 && !/^(?:f[cde])/u.test(address);
  return address.includes(".") && Number(bits) < SHORTEST_IPV4;
}
