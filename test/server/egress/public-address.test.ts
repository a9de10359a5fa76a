import { describe, expect, test } from "vitest";
import { isPublicAddress } from "../../../server/egress/public-address.ts";

const refused = [
  "127.0.0.1 127.9.9.9 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1",
  "169.254.169.254 169.254.170.2 100.64.0.1 100.127.255.254 192.0.0.1 192.0.0.192 192.0.2.1",
  "192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1",
  "255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:7f00:1 ::127.0.0.1",
  "::ffff:0:127.0.0.1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1",
  "64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2001:0:1::",
  "2001:db8::1 3fff::1 100::1 5f00::1 4000::1 [::1] 127.1 2130706433 0x7f.1 example.com",
].flatMap((line) => line.split(" "));

const taken = [
  "1.1.1.1 8.8.8.8 93.184.216.34 2606:4700:4700::1111 [2606:4700:4700::1111]",
  "::ffff:8.8.8.8 64:ff9b::808:808",
].flatMap((line) => line.split(" "));

describe("an address", () => {
  test.each([...refused, ""])("that is not on the public internet is refused: %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(taken)("on the public internet is taken: %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test("has a table that is not small", () => {
    expect(refused.length).toBeGreaterThanOrEqual(37);
    expect(taken.length).toBeGreaterThanOrEqual(6);
  });
});
