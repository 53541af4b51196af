/**
 * Reads a product in Swagger UI by clicks, and scrolls so that the request and its response show.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} baseUrl
 * @param {string} id the product
 */
export async function showSwaggerUi(page, baseUrl, id) {
  await page.goto(`${baseUrl}/docs`);
  const operation = page.locator('.opblock').filter({ hasText: 'Get a product' });
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.locator('tr[data-param-name="id"] input').fill(id);
  await operation.getByRole('button', { name: 'Execute' }).click();
  await operation.locator('.live-responses-table .response').first().waitFor();
  await operation.evaluate((element) => element.scrollIntoView());
}
