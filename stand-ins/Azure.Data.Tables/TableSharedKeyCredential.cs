#nullable disable // Null-oblivious, as the official package is.

using System.Security.Cryptography;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>The name and a key of a storage account, to sign requests with.</summary>
public class TableSharedKeyCredential
{
    private volatile byte[] _key;

    /// <summary>Creates a credential.</summary>
    /// <param name="accountName">The name of the storage account.</param>
    /// <param name="accountKey">One of its keys, in base64.</param>
    /// <exception cref="ArgumentNullException">If an argument is null.</exception>
    /// <exception cref="FormatException">If the key is not base64.</exception>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentNullException.ThrowIfNull(accountName);
        ArgumentNullException.ThrowIfNull(accountKey);
        AccountName = accountName;
        SetAccountKey(accountKey);
    }

    /// <summary>The name of the storage account.</summary>
    public string AccountName { get; }

    /// <summary>Changes the key, for clients that live through a key's rotation.</summary>
    /// <param name="accountKey">The new key, in base64.</param>
    /// <exception cref="FormatException">If the key is not base64.</exception>
    public void SetAccountKey(string accountKey) => _key = Convert.FromBase64String(accountKey);

    internal string Sign(string text) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}
