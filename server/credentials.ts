/** What credentials look like. ERRORS.md §2.1 has the evidence. */

/** 40 characters, or a prefix of 2026 (`cfut_`, `cfat_`, `cfoat_`) with 40 and a checksum. Terraform allows up to 80. */
export const TOKEN = /^[A-Za-z0-9_-]{40,80}$/

/** Lower-case hexadecimal digits (the documented example has 32, real ones 37 to 45), or the form of 2026. */
export const KEY = /^(?:[0-9a-f]{32,45}|cfk_[A-Za-z0-9_-]{40,76})$/
