/** Where an S3-compatible storage is, and the key to it. */
export interface S3Settings {
  /** Its origin, such as "https://s3.eu-central-1.amazonaws.com" or "http://minio:9000". */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
  /** The bucket stands in the path, as MinIO wants it; otherwise before the host's name. */
  readonly isPathStyle: boolean;
}

/** The address of the bucket, without a slash at its end. */
export function bucketAddress({ endpoint, bucket, isPathStyle }: S3Settings): string {
  const url = new URL(endpoint);
  if (isPathStyle) return `${url.origin}/${bucket}`;
  return `${url.protocol}//${bucket}.${url.host}`;
}
