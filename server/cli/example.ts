/** The documented example credentials. They open nothing real. */
export const EXAMPLE = {
  token: 'Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY',
  email: 'user@example.com',
  key: '144c9defac04969c7bfad8efaa8ea194',
}
