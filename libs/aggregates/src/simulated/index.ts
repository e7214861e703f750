export * from './controls';
export * from './coverage';
export * from './history';
export * from './plan';
export * from './random';
export * from './shrink';
export * from './weather';
