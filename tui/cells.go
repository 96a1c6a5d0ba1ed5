package tui

import (
	"httpscope/internal/doc"
	"httpscope/internal/page"
)

// exchangeColumns are the widths of the exchanges' columns; those that drop
// first are the least missed.
var exchangeColumns = []column{
	page.ExchangeNo:            {width: 6, right: true},
	page.ExchangeTime:          {width: 9, right: true, drop: 4},
	page.ExchangeConn:          {width: 5, right: true, drop: 2},
	page.ExchangeMethod:        {width: 7},
	page.ExchangeTarget:        {},
	page.ExchangeStatus:        {width: 6, right: true},
	page.ExchangeRequestBytes:  {width: 7, right: true, drop: 1},
	page.ExchangeResponseBytes: {width: 9, right: true},
	page.ExchangeFraming:       {width: 11},
	page.ExchangeMillis:        {width: 8, right: true, drop: 3},
	page.ExchangeNotes:         {width: 16, drop: 5},
}

// connectionColumns begin with the lab's list.
var connectionColumns = []column{
	page.ConnectionNo:              {width: 5, right: true},
	page.ConnectionSource:          {width: 15},
	page.ConnectionSourcePort:      {width: 5, right: true},
	page.ConnectionDestination:     {width: 15},
	page.ConnectionDestinationPort: {width: 5, right: true},
	page.ConnectionStatuses:        {least: 7},
	page.ConnectionState:           {width: 11, drop: 5},
	page.ConnectionClosedBy:        {width: 9, drop: 4},
	page.ConnectionProtocol:        {width: 9, drop: 6},
	page.ConnectionExchanges:       {width: 5, right: true, drop: 3},
	page.ConnectionPackets:         {width: 8, right: true, drop: 2},
	page.ConnectionBytes:           {width: 13, right: true, drop: 1},
	page.ConnectionNotes:           {width: 14, drop: 2},
}

func (a *app) columns() []column {
	if a.showConns {
		return connectionColumns
	}
	return exchangeColumns
}

// headings are the titles of the columns.
func (a *app) headings() []string {
	if a.showConns {
		return page.ConnectionHeadings(a.Lang)
	}
	return page.ExchangeHeadings(a.Lang)
}

// cells are the texts of a row, and what role it has.
func (a *app) cells(id int64) ([]string, doc.Role) {
	if a.showConns {
		if c, _ := a.Store.Connection(id); c != nil {
			k := page.ConnectionCells(a.Lang, c)
			return k.Text, k.Role
		}
		return make([]string, len(connectionColumns)), doc.Dim
	}
	if x, whole := a.Store.Exchange(id); x != nil {
		k := page.ExchangeCells(a.Lang, x, a.Store.Began())
		if !whole && k.Role == doc.Plain {
			k.Role = doc.Dim
		}
		return k.Text, k.Role
	}
	return make([]string, len(exchangeColumns)), doc.Dim
}
