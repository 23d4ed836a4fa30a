// Types of runtime-checkout.js, for the tests.
export function checkoutRuntime(runtime: string, checkout: string): Promise<string>;
