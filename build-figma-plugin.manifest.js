/**
 * A build for a team names its shared relay by SPACES_RELAY, an https origin; published plugins reach
 * nothing else. Without it only a relay on the same computer can be reached, in development.
 */
export default (manifest) => {
  const relay = process.env.SPACES_RELAY;
  if (!relay) return manifest;
  const { origin, protocol } = new URL(relay);
  if (protocol !== "https:") throw new Error(`SPACES_RELAY must begin with https:, not ${relay}.`);
  return { ...manifest, networkAccess: { ...manifest.networkAccess, allowedDomains: [origin] } };
};
