/**
 * Where a task is asked for, by where it was ordered; one status path serves several tiers of a model
 * (Magnific's API specification of 2026-07, docs.magnific.com/api-reference).
 */
export const statusPaths = {
  "/v1/ai/mystic": "/v1/ai/mystic/{task-id}",
  "/v1/ai/text-to-image/nano-banana-pro": "/v1/ai/text-to-image/nano-banana-pro/{task-id}",
  "/v1/ai/text-to-image/nano-banana-pro-flash":
    "/v1/ai/text-to-image/nano-banana-pro-flash/{task-id}",
  "/v1/ai/text-to-image/flux-2-pro": "/v1/ai/text-to-image/flux-2-pro/{task-id}",
  "/v1/ai/text-to-image/seedream-v5-lite": "/v1/ai/text-to-image/seedream-v5-lite/{task-id}",
  "/v1/ai/text-to-image/seedream-v5-lite-edit":
    "/v1/ai/text-to-image/seedream-v5-lite-edit/{task-id}",
  "/v1/ai/ideogram-image-edit": "/v1/ai/ideogram-image-edit/{task-id}",
  "/v1/ai/image-expand/seedream-v4-5": "/v1/ai/image-expand/seedream-v4-5/{task-id}",
  "/v1/ai/image-expand/ideogram": "/v1/ai/image-expand/ideogram/{task-id}",
  "/v1/ai/image-expand/flux-pro": "/v1/ai/image-expand/flux-pro/{task-id}",
  "/v1/ai/image-relight": "/v1/ai/image-relight/{task-id}",
  "/v1/ai/image-style-transfer": "/v1/ai/image-style-transfer/{task-id}",
  "/v1/ai/skin-enhancer/creative": "/v1/ai/skin-enhancer/{task-id}",
  "/v1/ai/skin-enhancer/faithful": "/v1/ai/skin-enhancer/{task-id}",
  "/v1/ai/skin-enhancer/flexible": "/v1/ai/skin-enhancer/{task-id}",
  "/v1/ai/image-upscaler": "/v1/ai/image-upscaler/{task-id}",
  "/v1/ai/image-upscaler-precision-v2": "/v1/ai/image-upscaler-precision-v2/{task-id}",
  "/v1/ai/image-change-camera": "/v1/ai/image-change-camera/{task-id}",
  "/v1/ai/video/kling-v3-pro": "/v1/ai/video/kling-v3/{task-id}",
  "/v1/ai/video/kling-v3-std": "/v1/ai/video/kling-v3/{task-id}",
  "/v1/ai/text-to-video/veo-3-1": "/v1/ai/text-to-video/veo-3-1/{task-id}",
  "/v1/ai/image-to-video/veo-3-1": "/v1/ai/image-to-video/veo-3-1/{task-id}",
  "/v1/ai/reference-to-video/veo-3-1": "/v1/ai/reference-to-video/veo-3-1/{task-id}",
  "/v1/ai/text-to-video/wan-2-7": "/v1/ai/text-to-video/wan-2-7/{task-id}",
  "/v1/ai/image-to-video/wan-2-7": "/v1/ai/image-to-video/wan-2-7/{task-id}",
  "/v1/ai/music-generation": "/v1/ai/music-generation/{task-id}",
  "/v1/ai/sound-effects": "/v1/ai/sound-effects/{task-id}",
} as const satisfies Record<string, string>;

/** Where a task is ordered. */
export type TaskPath = keyof typeof statusPaths;
