export * from './configuration';
export * from './secure-connections';
