import type { KeyedDeclaration } from "../declaration.ts";
import { createElevenLabs } from "./elevenlabs-provider.ts";

/** ElevenLabs: speech, music and sound effects. Its own client is 108 MB, and the AI SDK has speech alone. */
export const elevenlabs: KeyedDeclaration = {
  id: "elevenlabs",
  title: "ElevenLabs",
  key: {
    variables: ["ELEVENLABS_API_KEY"],
    origins: ["https://api.elevenlabs.io"],
    header: "xi-api-key",
    prefix: "",
    free: { path: "/v1/user/subscription" },
  },
  open: (parts) => createElevenLabs(elevenlabs, parts),
};
