/**
 * The voices that every account has from the start, by id: those that the vendor's specification of
 * 2025-08 and public clients of it name alike. An account's whole list is at elevenlabs.io/app/voice-lab.
 */
export const premadeVoices: Readonly<Record<string, string>> = {
  JBFqnCBsd6RMkjVDRZzb: "George, British",
  EXAVITQu4vr4xnSDxMaL: "Sarah, American",
  "9BWtsMINqrJLrRacOk9x": "Aria, American",
  CwhRBWXzGAHq8TQ4Fs17: "Roger, American",
  FGY2WhTYpPnrIDTdsKH5: "Laura, American",
  IKne3meq5aSn9XLyUdCD: "Charlie, Australian",
  N2lVS1w4EtoT3dr4eOWO: "Callum, American",
  TX3LPaxmHKxFdv7VOQHJ: "Liam, American",
  Xb7hH8MSUJpSbSDYk0k2: "Alice, British",
  XrExE9yKIg1WjnnlVkGX: "Matilda, American",
  cgSgspJ2msm6clMCkdW9: "Jessica, American",
  cjVigY5qzO86Huf0OWal: "Eric, American",
  iP95p4xoKVk53GoZ742B: "Chris, American",
  nPczCjzI2devNBz1zQrb: "Brian, American",
  onwK4e9ZLuTAKqWW03F9: "Daniel, British",
  pFZP5JQG7iQjIQuC4Bku: "Lily, British",
  pqHfZKP75CvOlQylNhV4: "Bill, American",
};
