/** The media type of a merge patch (RFC 7396): fields to change; null would remove a field. */
export const MERGE_PATCH_MEDIA_TYPE = 'application/merge-patch+json';

/** The media types in which the service accepts changes of a product. */
export const patchMediaTypes = ['application/json', MERGE_PATCH_MEDIA_TYPE] as const;
