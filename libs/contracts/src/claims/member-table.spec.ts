import { describeMembers, type MemberTable, type Rows } from '../member-table.spec-data';
import { amount, bool, id, int, list, oneOf, shop, text, url, uuid } from '../orders/member-kinds.spec-data';
import * as commands from './claim-commands.dto';

const shirt = { quantity: 2, sku: 'TEE-L' };
const answer = { question: 'Was the box damaged?', answer: 'Yes.' };
const photos = list('https://img.example.com/c-1.jpg', 20, 'c-1.jpg');
const status = oneOf('pending', 'accepted', 'rejected', 'closed');
const preference = oneOf('reorder', 'refund');
const named: Rows = { shop_slug: [shop, 'required'], claim_id: [id, 'required'] };

// as domain 4.1 and 4.2 say it
const table: MemberTable = [
  [
    commands.SelectedItemDto,
    shirt,
    {
      quantity: [int(1, 1_000_000), 'required'],
      net_price: [amount, 'optional or null'],
      image_urls: [photos, 'optional'],
    },
    ['sku', 'title'],
  ],
  [
    commands.ClaimAnswerDto,
    answer,
    { question: [text(500, 1), 'required'], answer: [text(2000, 1), 'required'] },
  ],
  [
    commands.CreateClaimDto,
    { shop_slug: 'demo-shop', shipment_id: uuid, reason: 'damage' },
    {
      shop_slug: [shop, 'required'],
      claim_id: [id, 'optional'],
      reason: [oneOf('damage', 'partial_damage', 'investigation', 'return', 'support'), 'required'],
      flow: [
        oneOf(
          'defective',
          'not_received',
          'missing_product',
          'wrong_product',
          'return',
          'dissatisfied',
          'support',
        ),
        'optional or null',
      ],
      resolution_preference: [preference, 'optional or null'],
      status: [status, 'optional'],
      description: [text(5000), 'optional or null'],
      selected_items: [list(shirt, 100, { quantity: 1 }), 'optional'],
      image_urls: [photos, 'optional'],
      optional_image_urls: [photos, 'optional'],
      customer_signature_image_url: [url, 'optional or null'],
      dropoff_permission: [bool, 'optional or null'],
      answers: [list(answer, 50, { question: 'Why?' }), 'optional'],
    },
    ['shipment_id', 'tracking_number', 'carrier_reference'],
  ],
  [
    commands.UpdateClaimDto,
    { shop_slug: 'demo-shop', claim_id: uuid, status: 'closed', resolution_preference: null },
    { ...named, status: [status, 'optional'], resolution_preference: [preference, 'optional or null'] },
  ],
  [commands.DeleteClaimDto, { shop_slug: 'demo-shop', claim_id: uuid }, named],
];

describeMembers(table);
