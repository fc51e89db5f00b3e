/** The colours of all pages, in the scheme that the system asks for; each text colour reaches 4.5 : 1 on ground and card. */
export const PALETTE = `
:root { color-scheme: light dark; --text: #181818; --quiet: #5c5c5c; --ground: #f3f3f3; --card: #fff; --line: #8a8a8a; --blue: #0b5cab; --on-blue: #fff; --red: #b60554; --green: #1f6b35; --rule: #dcdcdc }
@media (prefers-color-scheme: dark) { :root { --text: #f3f3f3; --quiet: #b5b5b5; --ground: #161616; --card: #242424; --line: #8f8f8f; --blue: #78b0fd; --on-blue: #0a1a2f; --red: #fe8aa7; --green: #7fd197; --rule: #3d3d3d } }
`
