// Replaces the memory of verified API keys: each request's key is hashed.
export class VerifiedTokens {
  get() {}
  add() {}
  clear() {}
}
