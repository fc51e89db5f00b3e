/** Version of this package, sent in `User-Agent` and `Sforce-Call-Options`. */
export const packageVersion: string = '0.1.0'
