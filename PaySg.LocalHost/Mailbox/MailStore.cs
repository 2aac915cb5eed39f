using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace PaySg.LocalHost.Mailbox;

/// <summary>Keeps mails as they would have gone to the relay: as <c>.eml</c> files of a folder, or in memory.</summary>
internal sealed class MailStore(string? folder, TimeProvider clock)
{
    private const string Extension = ".eml";
    private readonly ConcurrentDictionary<string, byte[]> inMemory = new(StringComparer.Ordinal);

    /// <summary>Keeps a mail.</summary>
    public async Task AddAsync(byte[] eml)
    {
        var id = $"{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        if (folder is null)
        {
            inMemory[id] = eml;
            return;
        }

        // Under another name until it is whole: whoever lists the folder sees no half mail.
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, id + ".part");
        await File.WriteAllBytesAsync(temporary, eml);
        File.Move(temporary, Path.Combine(folder, id + Extension));
    }

    /// <summary>The ids of all mails, newest first.</summary>
    public IReadOnlyList<string> Ids()
    {
        var ids = folder is null ? inMemory.Keys
            : Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path))
            : [];
        return [.. ids.OrderDescending(StringComparer.Ordinal)];
    }

    /// <summary>A mail; null if there is none. Only what <see cref="Ids"/> lists is read, so an id cannot lead out of the folder.</summary>
    public ReceivedMail? Find(string id)
    {
        if (!Ids().Contains(id, StringComparer.Ordinal))
            return null;
        return ReceivedMail.Parse(id, folder is null ? inMemory[id] : File.ReadAllBytes(Path.Combine(folder, id + Extension)));
    }
}
