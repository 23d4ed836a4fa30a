// The shape of a language's tables, taken from the English ones: a missing or a surplus key does not compile.
import type { en } from './en.js';

export type Area = keyof typeof en;
export type Words<A extends Area> = { readonly [Key in keyof (typeof en)[A]]: string };
export type TextKey = { [A in Area]: `${A}.${keyof (typeof en)[A] & string}` }[Area];
